import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ServerAction } from '#compute/servers/action-rules.ts';
import { requireLegal } from '#compute/servers/states.ts';
import type { TaskState, VmState } from '#compute/servers/status.ts';
import { type ActionCall, actionCalls, askForAction } from '#test/action-bodies.ts';
import type { TestCloud } from '#test/cloud.ts';
import { serverBody } from '#test/servers.ts';
import { aims, forceDown, mayBeRefused } from './soak-aims.ts';

const calls = Object.entries(actionCalls) as [ServerAction, ActionCall][];

const steps = 2 ** 30;

/** The same numbers for the same seed, from 0 up to and without 1, all equally likely. */
export function seededChance(seed: number): () => number {
  const numbers = fc.sample(fc.noBias(fc.nat(steps - 1)), { seed, numRuns: 20_000 });
  let index = 0;
  return () => {
    index += 1;
    return (numbers[index % numbers.length] ?? 0) / steps;
  };
}

export interface Shown {
  id: string;
  vmState: VmState;
  taskState: TaskState | null;
  powerState: number;
  flavor: { vcpus: number; ram: number; original_name: string };
  host: string;
  /** The fixed ones. */
  addresses: string[];
}

/** All that exist, those included that wait for their deletion. */
export async function serversOf({ admin }: TestCloud): Promise<Shown[]> {
  const headers = { 'openstack-api-version': 'compute 2.47' };
  const path = '/v2.1/servers/detail?all_tenants=1&soft_deleted=1&sort_key=uuid&sort_dir=asc';
  const { status, body } = await admin.request('GET', path, undefined, headers);
  assert.equal(status, 200, JSON.stringify(body));
  return body.servers.map((server: Record<string, never>) => ({
    id: server.id,
    vmState: server['OS-EXT-STS:vm_state'],
    taskState: server['OS-EXT-STS:task_state'],
    powerState: server['OS-EXT-STS:power_state'],
    flavor: server.flavor,
    host: server['OS-EXT-SRV-ATTR:host'],
    addresses: fixedOf(server.addresses),
  }));
}

function fixedOf(networks: Record<string, Record<string, string>[]> = {}): string[] {
  const all = Object.values(networks).flat();
  return all.filter((one) => one['OS-EXT-IPS:type'] === 'fixed').map(({ addr = '' }) => addr);
}

function isLegal(server: Shown, action: ServerAction): boolean {
  try {
    requireLegal(server, action);
    return true;
  } catch {
    return false;
  }
}

const pick = <T>(from: readonly T[], chance: () => number): T | undefined =>
  from[Math.floor(chance() * from.length)];

/**
 * Asks for one thing that is legal as the cloud stands: another server while there are fewer than
 * `most`, or an action on one of them. @returns what was asked, for the story of a failure.
 */
export async function askAtRandom(
  cloud: TestCloud,
  most: number,
  chance: () => number,
): Promise<string> {
  const servers = await serversOf(cloud);
  if (servers.length < most && chance() < 0.5) {
    const made = await cloud.demo.post('/v2.1/servers', await serverBody(cloud.demo));
    assert.equal(made.status, 202, JSON.stringify(made.body));
    return `create ${made.body.server.id}`;
  }
  const server = pick(servers, chance);
  if (!server) return 'nothing to act on';
  const legal = calls.filter(([action]) => isLegal(server, action));
  // Deletion is legal everywhere; it is asked for seldom, so that servers grow older.
  const isLethal = ([action]: [ServerAction, ActionCall]) => action.endsWith('delete');
  const gentle = legal.filter((call) => !isLethal(call));
  const [action, call] = pick(chance() < 0.1 ? legal : gentle, chance) ?? [];
  if (!action || !call) return `nothing is legal on ${server.id}`;
  const aim = aims[action];
  const body = await aim?.(cloud, server);
  const answer = await askForAction(cloud, server.id, body ? { ...call, body } : call);
  if (action === 'evacuate') await forceDown(cloud, server.host, false);
  const story = `${action} on ${server.id} in ${server.vmState}, ${server.taskState}`;
  // What was legal a moment ago need not be any more: an operation may have gone on.
  const refusals = mayBeRefused.has(action) ? [400, 404, 409] : [404, 409];
  const fine = answer.status < 300 || refusals.includes(answer.status);
  assert.ok(fine, `${story}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return `${story}: ${answer.status}`;
}
