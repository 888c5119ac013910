/** `npm run bench -- [part …]`: a table and JSON on stdout, progress on stderr, nothing else. */
import type { Figure, Part } from './figure.ts';
import { actionsPart } from './parts/actions.ts';
import { actionsInside } from './parts/actions-inside.ts';
import { boot } from './parts/boot.ts';
import { checks } from './parts/checks.ts';
import { creations } from './parts/creations.ts';
import { effective } from './parts/effective.ts';
import { logIns } from './parts/log-ins.ts';
import { memory } from './parts/memory.ts';
import { moves } from './parts/moves.ts';
import { reads } from './parts/reads.ts';
import { scale } from './parts/scale.ts';
import { scheduling } from './parts/scheduling.ts';
import { start } from './parts/start.ts';
import { describeMachine, jsonOf, tableOf } from './report.ts';

const parts: readonly Part[] = [
  ...[start, memory, reads, checks, logIns, creations, scheduling, scale],
  ...[boot, actionsPart, moves, actionsInside, effective],
];

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length > 0) {
    const isQuestion = unknown.every((name) => name === '--help');
    (isQuestion ? console.log : console.error)(usage());
    return isQuestion ? 0 : 2;
  }
  const chosen = names.length === 0 ? parts : parts.filter((part) => names.includes(part.name));
  const machine = describeMachine();
  const figures: Figure[] = [];
  for (const part of chosen) {
    figures.push(...(await part.run((line) => console.error(`${part.name}: ${line}`))));
  }
  console.log(`${tableOf(figures)}\n\n${jsonOf(figures, machine)}`);
  return 0;
}

function usage(): string {
  const rows = parts.map((part) => `  ${part.name.padEnd(12)}${part.describe}`);
  return ['usage: npm run bench -- [part …]', '', 'parts, all of them by default:', ...rows].join(
    '\n',
  );
}

process.exitCode = await main(process.argv.slice(2));
