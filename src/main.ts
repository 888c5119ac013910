import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, readConfig } from '#base/config.ts';
import { type CommandRow, commands } from './cli/commands.ts';
import { helpText } from './cli/help.ts';

const projectDirectory = join(import.meta.dirname, '..');

/** @returns the exit code: 0 done, 1 failed, 2 not understood. */
async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || args.includes('--help')) {
    console.log(helpText());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || rest.includes('--version')) {
    console.log(`cumulet ${version()}`);
    return 0;
  }
  const command = commands.find((row) => row.name === name);
  if (!command) {
    console.error(`cumulet: there is no command ${JSON.stringify(name)}.\n\n${helpText()}`);
    return 2;
  }
  return runCommand(command, rest);
}

async function runCommand(command: CommandRow, args: readonly string[]): Promise<number> {
  const given = command.switches.filter((row) => args.includes(`--${row.name}`));
  const rest = args.filter((arg) => !given.some((row) => arg === `--${row.name}`));
  try {
    const place = { projectDirectory, workingDirectory: process.cwd() };
    const config = readConfig(rest, process.env, place);
    const run = await command.load();
    return await run({ config, switches: new Set(given.map((row) => row.name)) });
  } catch (error) {
    // A sentence is for the operator; the stack of an unforeseen failure is in the log.
    console.error(`cumulet: ${error instanceof Error ? error.message : String(error)}`);
    return error instanceof ConfigError ? 2 : 1;
  }
}

function version(): string {
  const description = readFileSync(join(projectDirectory, 'package.json'), 'utf8');
  return String((JSON.parse(description) as { version: unknown }).version);
}

// Explicit, because a handle that someone forgot must not keep a stopped cloud alive.
process.exit(await main(process.argv.slice(2)));
