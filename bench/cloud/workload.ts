import { type Client, requireStatus } from '../http/client.ts';
import { Connection, requestText } from '../http/connection.ts';
import type { CloudProcess } from './process.ts';

/** Enough for every measurement; a quota is no part of what is measured. */
const plenty = 100_000;
const imageBytes = 1024 * 1024;
/** Servers that one request of the preparation asks for. */
const perRequest = 50;
const settleDeadlineMs = 120_000;

/** The ordinary user of a cloud in which servers can be made without end. */
export interface Workload extends Disposable {
  readonly demo: Client;
  readonly admin: Client;
  /** The body of `POST servers`. */
  newServer(name: string, count?: number): { server: { imageRef: string } };
  /** Makes servers and waits until all are ACTIVE. */
  fill(count: number): Promise<void>;
  serverIds(): Promise<string[]>;
}

export async function prepareWorkload(cloud: CloudProcess): Promise<Workload> {
  const [admin, demo] = await Promise.all([cloud.logIn('admin'), cloud.logIn('demo')]);
  const quota = { quota_set: { instances: plenty, cores: plenty, ram: plenty * 1024 } };
  await admin.request('PUT', `/v2.1/os-quota-sets/${demo.projectId}`, 200, quota);
  const imageRef = await uploadImage(demo);
  const flavorRef = await idNamed(demo, '/v2.1/flavors', 'flavors', 'm1.nano');
  const network = await idNamed(demo, '/network/v2.0/networks', 'networks', 'private');
  const newServer = (name: string, count = 1) => ({
    server: {
      name,
      imageRef,
      flavorRef,
      networks: [{ uuid: network }],
      metadata: { purpose: 'measured' },
      ...(count > 1 && { min_count: count }),
    },
  });
  return {
    demo,
    admin,
    newServer,
    fill: async (count) => {
      for (let made = 0; made < count; made += perRequest) {
        const body = newServer(`filled-${made}`, Math.min(perRequest, count - made));
        await demo.request('POST', '/v2.1/servers', 202, body);
      }
      await untilSettled(demo);
    },
    serverIds: async () => (await listServers(demo, '')).map((server) => server.id),
    [Symbol.dispose]: () => {
      demo.close();
      admin.close();
    },
  };
}

/** Waits until no server is being built any more; throws when one has failed. */
export async function untilSettled(client: Client): Promise<void> {
  const endMs = performance.now() + settleDeadlineMs;
  while ((await listServers(client, '?status=BUILD&limit=1')).length > 0) {
    if (performance.now() > endMs) throw new Error('servers are still being built');
  }
  const failed = await listServers(client, '?status=ERROR&limit=1');
  if (failed.length > 0) throw new Error(`server ${failed[0]?.id} failed`);
}

async function listServers(client: Client, query: string): Promise<{ id: string }[]> {
  return (await client.get<{ servers: { id: string }[] }>(`/v2.1/servers${query}`)).servers;
}

/** The id of what has that name in a list. */
export async function idNamed(
  client: Client,
  path: string,
  collection: string,
  name: string,
): Promise<string> {
  const body = await client.get<Record<string, { id: string; name: string }[]>>(path);
  const found = body[collection]?.find((one) => one.name === name);
  if (!found) throw new Error(`there is no ${name} at ${path}`);
  return found.id;
}

/** A disk of zeros: nothing boots from it on a simulated host. */
async function uploadImage(client: Client): Promise<string> {
  const wanted = { name: 'measured', disk_format: 'raw', container_format: 'bare' };
  const { id } = await client.request<{ id: string }>('POST', '/image/v2/images', 201, wanted);
  const connection = await Connection.open(client.url);
  const head = requestText('PUT', `/image/v2/images/${id}/file`, client.token).trimEnd();
  const type = 'content-type: application/octet-stream';
  const text = `${head}\r\n${type}\r\ncontent-length: ${imageBytes}\r\n\r\n`;
  requireStatus(await connection.send(text + '\0'.repeat(imageBytes)), 204);
  connection.close();
  return id;
}
