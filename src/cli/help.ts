import { type Setting, settings } from '#base/settings.ts';
import { commands } from './commands.ts';

const indent = '      ';

/** What `--help` prints, from the tables of commands and settings. */
export function helpText(): string {
  return [
    'cumulet: a whole compute cloud in one process',
    '',
    'usage: npm start [-- <options>]',
    '       npm run cumulet -- <command> [<options>]',
    '',
    'commands:',
    ...commands.flatMap((command) => [
      `  ${command.name.padEnd(8)}${command.describe}`,
      ...command.switches.map((row) => `    --${row.name}  ${row.describe}`),
    ]),
    '',
    'options, each also an environment variable:',
    ...settings.flatMap(settingLines),
    '',
    '  --help, --version',
  ].join('\n');
}

function settingLines(setting: Setting): string[] {
  const value = setting.choices?.join('|') ?? setting.placeholder ?? 'value';
  const shown = setting.fallbackShown ?? setting.fallback;
  return [
    `  --${setting.name} <${value}>`,
    `${indent}${setting.describe}`,
    `${indent}${setting.variable}, default: ${shown}`,
  ];
}
