import { ProcessError } from '#base/process.ts';
import { type Namespace, runIn } from './in-namespace.ts';

/** Every port of a large group names all members. */
const maxOutputBytes = 128 * 1024 * 1024;

interface Listed {
  chain?: { family: string; table: string; name: string };
  rule?: { family: string; table: string; chain: string; expr: unknown };
  map?: { family: string; table: string; name: string; elem?: [string | number, unknown][] };
  set?: { family: string; table: string; name: string; elem?: unknown[] };
}

/** What a namespace's nftables hold, by names as scripts write them: `inet cumulet from`. */
export class Ruleset {
  /** The rules of each chain, in words of which only equality says something. */
  readonly #chains = new Map<string, string[]>();
  readonly #elements = new Map<string, Map<string, unknown>>();

  /** @param table `inet cumulet`: that alone, be it there or not; absent: all that there is */
  static async read(namespace: Namespace, table?: string): Promise<Ruleset> {
    const what = table === undefined ? ['ruleset'] : ['table', ...table.split(' ')];
    try {
      const { stdout } = await runIn(namespace, 'nft', ['-j', 'list', ...what], { maxOutputBytes });
      return new Ruleset((JSON.parse(stdout) as { nftables: Listed[] }).nftables);
    } catch (error) {
      const isAbsent = error instanceof ProcessError && /No such file/.test(error.stderr);
      if (isAbsent) return new Ruleset([]);
      throw error;
    }
  }

  private constructor(listed: readonly Listed[]) {
    for (const { chain, rule, map, set } of listed) {
      if (chain) this.#chains.set(`${chain.family} ${chain.table} ${chain.name}`, []);
      if (rule) {
        const key = `${rule.family} ${rule.table} ${rule.chain}`;
        this.#chains.set(key, [...(this.#chains.get(key) ?? []), JSON.stringify(rule.expr)]);
      }
      const named = map ?? set;
      if (!named) continue;
      const pairs = map?.elem ?? (set?.elem ?? []).map((one) => [textOf(one), true] as const);
      const elements = new Map(pairs.map(([key, value]) => [String(key), value]));
      this.#elements.set(`${named.family} ${named.table} ${named.name}`, elements);
    }
  }

  rulesOf(chain: string): readonly string[] | undefined {
    return this.#chains.get(chain);
  }

  /** What a map gives for a key, true for what is in a set; undefined where there is none. */
  elementOf(map: string, key: string): unknown {
    return this.#elements.get(map)?.get(key);
  }

  /** Where a map of verdicts sends a key. */
  targetOf(map: string, key: string): string | undefined {
    const verdict = this.elementOf(map, key) as { goto?: { target?: string } } | undefined;
    return verdict?.goto?.target;
  }
}

function textOf(element: unknown): string {
  const { prefix } = (element ?? {}) as { prefix?: { addr: string; len: number } };
  return prefix ? `${prefix.addr}/${prefix.len}` : String(element);
}

/**
 * Says whether chains are as their scripts made them. How nftables write a rule that they were
 * given is not known before: so rules are counted at first, and remembered as they were then.
 */
export class ChainMemory {
  readonly #seen = new Map<string, { wanted: string; found: string }>();

  /** For chains whose names end so, and that are gone. */
  forget(ending: string): void {
    for (const chain of this.#seen.keys()) if (chain.endsWith(ending)) this.#seen.delete(chain);
  }

  /**
   * @param script lines of `add chain` and `add rule`, by which the chains were made whole
   * @param place tells chains apart that have one name in several namespaces
   */
  isAsMade(ruleset: Ruleset, script: readonly string[], place = ''): boolean {
    return [...chainsOf(script)].every(([chain, rules]) => {
      const found = ruleset.rulesOf(chain);
      if (found?.length !== rules.length) return false;
      const now = { wanted: rules.join('\n'), found: found.join('\n') };
      const key = `${place} ${chain}`;
      const seen = this.#seen.get(key);
      if (seen?.wanted === now.wanted) return seen.found === now.found;
      this.#seen.set(key, now);
      return true;
    });
  }
}

/** Chain → its rules. */
function chainsOf(script: readonly string[]): Map<string, string[]> {
  const chains = new Map<string, string[]>();
  for (const line of script) {
    const [verb, what, family, table, name, ...rest] = line.split(' ');
    if (verb !== 'add' || (what !== 'chain' && what !== 'rule')) continue;
    const chain = `${family} ${table} ${name}`;
    const rules = chains.get(chain) ?? [];
    if (what === 'rule') rules.push(rest.join(' '));
    chains.set(chain, rules);
  }
  return chains;
}
