import type { Swept } from '../sweep-requests.ts';
import type { Caller } from './callers.ts';
import { keyOf, namesIn, nameWithinClouds, ownedNames } from './path-names.ts';
import type { Ids } from './places.ts';

/** Whose the ids of a path are: all one's own; all another's; the last one another's. */
export const kinds = ['own', 'foreign', 'nested'] as const;
export type Kind = (typeof kinds)[number];

/** Where there is nothing that could be named. */
const word = 'a-word';

/** A cell that does not exist says why; one that does says what should come of it. */
export type Cell =
  | { without: string }
  | { ids: Ids; wanted: 'none' | 'refused' | 'reached' }
  /** The work is done, and answered so; `missing` is said by policy's target or by the work. */
  | { ids: Ids; wanted: 'answered' | 'missing'; status: number }
  /** As with the absent id: not found, in the same words. */
  | { ids: Ids; wanted: 'absent'; absent: Ids };

/** What is asked about with which ids, and what the matrix and the owners want of it. */
export function cellOf(
  { endpoint }: Swept,
  kind: Kind,
  caller: Caller,
  other: { foreign: Ids; absent: Ids },
): Cell {
  const within = kind === 'nested' ? nameWithinClouds(endpoint) : undefined;
  const named = ownedNames(endpoint);
  const replaced = within ? [within] : replacedNames(kind, named);
  if (kind === 'foreign' && named.length === 0) return { without: noId(endpoint.path) };
  if (kind === 'nested' && !within && named.length < 2)
    return { without: 'not two ids in the path' };
  if (within && endpoint.method === 'PUT') return { without: 'what is not there is made' };
  const lacking = named.find(
    (name) => !replaced.includes(name) && caller.own[keyOf(endpoint, name)] === undefined,
  );
  if (lacking && caller.reach !== 'domain') throw new Error(`${caller.name} has no ${lacking}`);
  if (lacking) return { without: `nobody without a project has a ${lacking}` };
  const fill = (from: Ids): Ids =>
    Object.fromEntries(
      namesIn(endpoint).map(([name]) => {
        const key = keyOf(endpoint, name);
        return [name, (replaced.includes(name) ? from[key] : caller.own[key]) ?? word];
      }),
    );
  const ids = fill(caller.others ?? other.foreign);
  if (!caller.may) return { ids, wanted: 'none' };
  if (!caller.may(endpoint.requires)) return { ids, wanted: 'refused' };
  if (within) return { ids, wanted: 'missing', status: unboundStatus(endpoint) };
  const status = kind === 'own' ? answeredStatus(endpoint) : undefined;
  if (status !== undefined) return { ids, wanted: 'answered', status };
  if (kind === 'own' || reachesForeign(endpoint, kind, caller)) return { ids, wanted: 'reached' };
  return { ids, wanted: 'absent', absent: fill(other.absent) };
}

function replacedNames(kind: Kind, named: readonly string[]): readonly string[] {
  if (kind === 'own') return [];
  return kind === 'foreign' ? named : named.slice(-1);
}

/** As Keystone: what was never bound to a policy text is not bound to it afterwards either. */
function unboundStatus({ method, path }: Swept['endpoint']): number {
  return method === 'DELETE' && path.includes('/OS-ENDPOINT-POLICY/') ? 204 : 404;
}

/** What is answered with a state of things, where that is the promise. */
const stateAnswers: readonly [RegExp, number][] = [
  [/^GET \/os-hosts\/\{host_name\}\/(reboot|shutdown|startup)/, 501],
  // None of these can be had.
  [/^GET \/os-baremetal-nodes\//, 404],
  [/^GET \/servers\/\{server_id\}\/shares\//, 404],
  [/^DELETE \/servers\/\{server_id\}\/shares\//, 409],
  [/^DELETE \/os-assisted-volume-snapshots\//, 400],
];

/** Of what has no work but to answer: no other could be asked for again and again. */
function answeredStatus(endpoint: Swept['endpoint']): number | undefined {
  const { method, path, status } = endpoint;
  if (status >= 400) return status;
  const isOfCloud = namesIn(endpoint).some(([, owner]) => owner === 'cloud' || owner === 'word');
  const [, other] = stateAnswers.find(([call]) => call.test(`${method} ${path}`)) ?? [];
  if (other) return other;
  return isOfCloud && method === 'GET' ? status : undefined;
}

function noId(path: string): string {
  return path.includes('{') ? "what the path names is nobody's" : 'no id in the path';
}

/** Of domains themselves, the system, the catalog: by actions that no project or domain bounds. */
const ofAllDomains = /^\/(domains\/\{domain_id\}($|\/config)|system\/|OS-EP-FILTER\/)/;
const ofAllProjects = /^(PUT|DELETE) \/quotas\//;

function reachesForeign(endpoint: Swept['endpoint'], kind: Kind, caller: Caller): boolean {
  const { method, path, requires } = endpoint;
  const isOfAll = ofAllDomains.test(path) || ofAllProjects.test(`${method} ${path}`);
  if (caller.reach !== 'cloud') return caller.isExact === true && requires.length > 0 && isOfAll;
  // A key pair is found by the name that its owner gave it.
  if (path.includes('{keypair_name}')) return false;
  const isBeside = /\{(user|group|role|implied_role|project)_id\}[^{]*$/.test(path);
  return kind === 'foreign' || isBeside;
}
