import type { Actor } from '#policy/actor.ts';
import type { ApiRules, AskedCall, KnownCall } from '#policy/api-rules.ts';
import { declaredActions } from '#policy/declared-actions.ts';
import { allow, visibleToOwner } from '#policy/engine.ts';
import { typeOfAction } from '#policy/resource-types.ts';
import type { DecisionTarget } from '#policy/rights.ts';
import { type Accounts, noAccounts, targetOf } from '#policy/things.ts';
import type { Call, Endpoint } from './endpoint.ts';
import type { Surface } from './surface.ts';
import { thingOfPath, typesNamedIn } from './things-named.ts';

/** One path of one surface. */
interface KnownPath {
  surface: Surface<unknown>;
  pattern: RegExp;
  /** Of two paths that match, the one with fewer parameters is meant. */
  parameters: number;
  endpoints: readonly Endpoint<unknown>[];
}

/** Read from the declarations by which requests are served, so that both say the same. */
export function apiRules(
  surfaces: readonly Surface<unknown>[],
  accounts: Accounts = noAccounts,
): ApiRules {
  const required = surfaces.flatMap((surface) =>
    surface.endpoints.flatMap((endpoint) => endpoint.requires),
  );
  const actions = [...new Set([...required, ...declaredActions])].sort();
  const registered = new Set(actions.map(folded));
  const openOnly = actionsOnlyOfAll(surfaces);
  const paths = surfaces.flatMap(pathsOf).sort((a, b) => a.parameters - b.parameters);
  return {
    actions,
    isRegistered: (action) => registered.has(folded(action)),
    isDecidedForOne: (action) => !openOnly.has(folded(action)),
    find: (asked) => findCall(paths, asked, accounts),
  };
}

/** What lists and creations alone require: no call of theirs names what it is about. */
function actionsOnlyOfAll(surfaces: readonly Surface<unknown>[]): Set<string> {
  const required = new Set<string>();
  const decided = new Set<string>();
  for (const endpoint of surfaces.flatMap(({ endpoints }) => endpoints)) {
    const types = typesNamedIn(endpoint);
    for (const action of endpoint.requires) {
      const type = typeOfAction(action);
      required.add(folded(action));
      if (type !== undefined && types.includes(type)) decided.add(folded(action));
    }
  }
  return required.difference(decided);
}

/** Of an action, all but the service may be written in any case. */
function folded(action: string): string {
  const colon = action.indexOf(':');
  return action.slice(0, colon) + action.slice(colon).toLowerCase();
}

function pathsOf(surface: Surface<unknown>): KnownPath[] {
  const projects = surface.withProjectId ? ['', '/{project_id_in_path}'] : [''];
  const byPath = Map.groupBy(surface.endpoints, (endpoint) => endpoint.path);
  return surface.prefixes.flatMap((prefix) =>
    projects.flatMap((project) =>
      [...byPath].map(([path, endpoints]) => ({
        surface,
        pattern: patternOf(prefix + project + path),
        parameters: `${project}${path}`.match(/\{/g)?.length ?? 0,
        endpoints,
      })),
    ),
  );
}

function patternOf(path: string): RegExp {
  const literal = path.replaceAll(/[.+*?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}/?$`);
}

function findCall(
  paths: readonly KnownPath[],
  asked: AskedCall,
  accounts: Accounts,
): KnownCall | undefined {
  const [path = ''] = asked.path.split('?');
  for (const known of paths) {
    const matched = known.pattern.exec(path);
    if (!matched) continue;
    const named = known.endpoints.filter(
      ({ method, action }) =>
        method === asked.method && (action === undefined || action === asked.action),
    );
    // The declaration for the newest version, where there are several.
    const endpoint = named.find(({ until }) => until === undefined) ?? named[0];
    if (!endpoint) continue;
    return {
      surface: known.surface.name,
      path: endpoint.path,
      requires: endpoint.requires,
      isPublic: endpoint.public ?? false,
      describe: (actor) => {
        const call = { actor, params: { ...matched.groups } };
        return describeTarget(known.surface, endpoint, call, accounts);
      },
    };
  }
  return undefined;
}

/** Finds what a path names as a request would, and says what it is to policy. */
async function describeTarget(
  { service }: Surface<unknown>,
  endpoint: Endpoint<unknown>,
  { actor, params }: { actor: Actor; params: Record<string, string> },
  accounts: Accounts,
): Promise<DecisionTarget | undefined> {
  const { target } = endpoint;
  if (!target?.thing) return undefined;
  const call = { actor, params, query: {} } as Call<typeof params, unknown, unknown>;
  const found = await target.find(service, call);
  const visible = target.visible ?? (visibleToOwner as never);
  const seen = found === undefined ? undefined : allow(actor, found, visible);
  if (seen === undefined) return undefined;
  const [thing] = await thingOfPath(endpoint, service, seen);
  return thing && targetOf(actor, thing, accounts);
}
