import { updateServer } from '#compute/servers/store.ts';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { flavorId, makeImage, networkId } from '#test/servers.ts';

/** A cloud with what samples speak of, and one administrator who plays all of them. */
export interface Stage extends AsyncDisposable {
  cloud: TestCloud;
  player: Client;
  /** A member of the same project: some samples show what such a one sees. */
  member: Client;
  hostName: string;
  imageId: string;
  flavorId: string;
  networkId: string;
  /** Asks in a version; throws when that is refused. */
  ask(method: string, path: string, body?: unknown, version?: string): Promise<unknown>;
  /** Another server, settled. */
  makeServer(extra?: object): Promise<string>;
  /** Writes down a state to which no action of this cloud leads. */
  saysState(serverId: string, vmState: string): Promise<void>;
  /** Writes down what the image that it was made of says. */
  saysImage(serverId: string, properties: Record<string, string>): Promise<void>;
  idle(): Promise<void>;
  /** A number that was not given before, for names. */
  next(): number;
}

/** The second one is only just large enough for what is sent there. */
const hosts = [
  { name: 'openstack-node-01', zone: 'us-west' },
  { name: 'small-node', zone: 'us-west', vcpus: 1, memoryMib: 2048, diskGib: 16 },
];

export async function openStage(): Promise<Stage> {
  const consoleTypes = ['novnc', 'serial'] as const;
  const cloud = await startTestCloud({ hosts, consoleTypes });
  const player = await cloud.userOf('demo', 'admin');
  const member = await cloud.userOf('demo', 'member');
  const quota_set = { server_groups: -1, key_pairs: -1, floating_ips: -1 };
  await cloud.admin.put(`/v2.1/os-quota-sets/${player.projectId}`, { quota_set });
  const found = {
    imageId: await makeImage(player),
    flavorId: await flavorId(player),
    networkId: await networkId(player),
  };
  let numbers = 0;
  const idle = () => cloud.cloud.services.operations.whenIdle();
  const ask = async (method: string, path: string, body?: unknown, version = '2.1') => {
    const headers = { 'openstack-api-version': `compute ${version}` };
    const answer = await player.request(method, path, body, headers);
    if (answer.status < 300) return answer.body;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  };
  const makeServer = async (extra: object = {}) => {
    const { imageId: imageRef, flavorId: flavorRef, networkId: uuid } = found;
    const server = { name: 'staged', imageRef, flavorRef, networks: [{ uuid }], ...extra };
    const made = await ask('POST', '/v2.1/servers', { server });
    await idle();
    return idIn(made, 'server');
  };
  return {
    cloud,
    player,
    member,
    hostName: 'openstack-node-01',
    ...found,
    ask,
    makeServer,
    saysState: async (serverId, vmState) => {
      const { queries } = cloud.cloud.services.database;
      await updateServer(queries, serverId, { vm_state: vmState }, 1);
    },
    saysImage: async (serverId, properties) => {
      const { queries } = cloud.cloud.services.database;
      await updateServer(queries, serverId, { image_properties: JSON.stringify(properties) }, 1);
    },
    idle,
    next: () => {
      numbers += 1;
      return numbers;
    },
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}

/** The id of what an answer tells of. */
export function idIn(answer: unknown, member: string): string {
  const told = (answer as Record<string, { id?: unknown }>)[member];
  if (told?.id === undefined) throw new Error(`no ${member} in ${JSON.stringify(answer)}`);
  return String(told.id);
}
