/** What a client wishes of the placement of a server: the reference's table 4-8 and Nova's own. */
export interface SchedulerHints {
  /** A server group's id. */
  group: string | null;
  /** Servers whose hosts are to be avoided. */
  differentHost: readonly string[];
  /** Servers of whose hosts one is to be shared. */
  sameHost: readonly string[];
  tenancy: 'shared' | 'dedicated' | null;
  /** Counts only when the tenancy is dedicated. */
  dedicatedHostId: string | null;
}

export const noHints: SchedulerHints = {
  group: null,
  differentHost: [],
  sameHost: [],
  tenancy: null,
  dedicatedHostId: null,
};

/**
 * Hints as a server keeps and shows them: each a list of texts, whatever it was sent as. Those that
 * no filter heeds (`query`, `cidr`, `build_near_host_ip`, `target_cell`…) are kept too, as in Nova.
 */
export type HintLists = Readonly<Record<string, readonly string[]>>;

export function listHints(sent: Readonly<Record<string, unknown>>): HintLists {
  const lists = Object.entries(sent).map(([name, value]) => [name, [value].flat().map(textOf)]);
  return Object.fromEntries(lists);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What placement heeds of them. */
export function readHints(lists: HintLists): SchedulerHints {
  const all = (name: string) => (Object.hasOwn(lists, name) ? (lists[name] ?? []) : []);
  const first = (name: string) => all(name)[0] ?? null;
  return {
    group: first('group'),
    differentHost: all('different_host'),
    sameHost: all('same_host'),
    tenancy: first('tenancy') as SchedulerHints['tenancy'],
    dedicatedHostId: first('dedicated_host_id'),
  };
}
