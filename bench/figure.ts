/** One measured number. */
export interface Figure {
  /** `GET server, requests/s`: what was measured, readable in a table. */
  name: string;
  value: number;
  unit: 'ms' | 'MB' | '1/s' | 'times';
  /** What we aim at; it is shown beside the figure and decides nothing. */
  target?: { below: number } | { atLeast: number };
  /** How it came about, where the name does not say it. */
  note?: string;
}

/** Whether the figure is where it should be; undefined where nothing is aimed at. */
export function isMet(figure: Figure): boolean | undefined {
  if (!figure.target) return undefined;
  return 'below' in figure.target
    ? figure.value < figure.target.below
    : figure.value >= figure.target.atLeast;
}

/** A group of measurements that share what has to be prepared for them. */
export interface Part {
  /** What is typed to run only this. */
  name: string;
  describe: string;
  run(say: (line: string) => void): Promise<Figure[]>;
}
