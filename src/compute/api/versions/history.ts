import { type HistoryRow, isTouched } from './history/row.ts';
import { historyTo36 } from './history/to-2-36.ts';
import { historyTo70 } from './history/to-2-70.ts';
import { historyTo104 } from './history/to-2-104.ts';

/** Every microversion, oldest first: what `docs/compatibility.md` tells of each. */
export const microversionHistory: readonly HistoryRow[] = [
  ...historyTo36,
  ...historyTo70,
  ...historyTo104,
];

type Endpoint = Parameters<typeof isTouched>[1];

/** Rows as the printed table asks them. */
export function historyOf(rows: readonly HistoryRow[]) {
  const byVersion = new Map(rows.map((row) => [row.version, row]));
  return {
    rows,
    isTouched: (version: string, endpoint: Endpoint): boolean => {
      const row = byVersion.get(version);
      return row !== undefined && isTouched(row, endpoint);
    },
  };
}
