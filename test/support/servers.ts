import type { Client } from './client.ts';
import type { TestCloud } from './cloud.ts';

/** A small active image of the demo project; the simulated storage keeps it whole. */
export async function makeImage(client: Client, extra: object = {}): Promise<string> {
  const made = await client.post('/image/v2/images', {
    name: 'small',
    disk_format: 'raw',
    container_format: 'bare',
    ...extra,
  });
  if (made.status !== 201) throw new Error(`image: ${JSON.stringify(made.body)}`);
  const { id } = made.body;
  const type = { 'content-type': 'application/octet-stream' };
  const bytes = new Uint8Array(4096);
  const put = await client.request('PUT', `/image/v2/images/${id}/file`, bytes, type);
  if (put.status !== 204) throw new Error(`upload: ${JSON.stringify(put.body)}`);
  return id;
}

export async function flavorId(client: Client, name = 'm1.nano'): Promise<string> {
  const { body } = await client.get('/v2.1/flavors');
  return body.flavors.find((flavor: { name: string }) => flavor.name === name).id;
}

export async function networkId(client: Client, name = 'private'): Promise<string> {
  const { body } = await client.get(`/network/v2.0/networks?name=${name}`);
  return body.networks[0].id;
}

/** The body of a plain `POST /servers`. */
export async function serverBody(client: Client, extra: object = {}): Promise<object> {
  const server = {
    name: 'one',
    imageRef: await makeImage(client),
    flavorRef: await flavorId(client),
    networks: [{ uuid: await networkId(client) }],
    ...extra,
  };
  return { server };
}

/** Creates a server and waits until nothing more happens to it. @returns its id. */
export async function makeServer(cloud: TestCloud, extra: object = {}): Promise<string> {
  const made = await cloud.demo.post('/v2.1/servers', await serverBody(cloud.demo, extra));
  if (made.status !== 202) throw new Error(`server: ${JSON.stringify(made.body)}`);
  await cloud.cloud.services.operations.whenIdle();
  return made.body.server.id;
}

/** Its status, its state and the power of its guest, as its project is shown them. */
export async function statesOf(cloud: TestCloud, id: string): Promise<unknown[]> {
  const { server } = (await cloud.demo.get(`/v2.1/servers/${id}`)).body;
  return [server.status, server['OS-EXT-STS:vm_state'], server['OS-EXT-STS:power_state']];
}

export async function statusOf(client: Client, serverId: string): Promise<string> {
  const { status, body } = await client.get(`/v2.1/servers/${serverId}`);
  return status === 404 ? 'gone' : body.server.status;
}
