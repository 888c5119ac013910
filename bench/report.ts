import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { type Figure, isMet } from './figure.ts';

/** What the figures depend on besides the code. */
export function describeMachine() {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGib: Math.round(totalmem() / 1024 ** 3),
    kernel: release(),
    node: [process.version, ...process.execArgv].join(' '),
    // Others at work on the machine make every figure worse, so this stands beside them.
    loadAverage: loadavg().map((value) => Math.round(value * 100) / 100),
  };
}

export function tableOf(figures: readonly Figure[]): string {
  const rows = [
    ['measured', 'figure', 'target', ''],
    ...figures.map((figure) => [
      figure.note === undefined ? figure.name : `${figure.name} (${figure.note})`,
      `${shorten(figure.value)} ${figure.unit}`,
      targetText(figure),
      { true: 'met', false: 'missed' }[String(isMet(figure))] ?? '',
    ]),
  ];
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const [nameWidth = 0, figureWidth = 0, targetWidth = 0] = widths;
  return rows
    .map(([name = '', figure = '', target = '', met = '']) =>
      [
        name.padEnd(nameWidth),
        figure.padStart(figureWidth),
        target.padStart(targetWidth),
        met,
      ].join('  '),
    )
    .map((line) => line.trimEnd())
    .join('\n');
}

export function jsonOf(figures: readonly Figure[], machine: object): string {
  const rows = figures.map((figure) => ({
    ...figure,
    value: Number(shorten(figure.value)),
    ...(figure.target && { met: isMet(figure) }),
  }));
  const lines = rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n');
  return `{"machine": ${JSON.stringify(machine)},\n"figures": [\n${lines}\n]}`;
}

/** Three digits say all that such a measurement knows. */
function shorten(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

function targetText({ target, unit }: Figure): string {
  if (!target) return '';
  return 'below' in target ? `< ${target.below} ${unit}` : `≥ ${target.atLeast} ${unit}`;
}
