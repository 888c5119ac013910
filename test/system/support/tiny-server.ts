import type { TestCloud } from '#test/cloud.ts';
import { flavorId } from '#test/servers.ts';

/** A server of the tiny image that is on no network. @returns its id when it has been started. */
export async function makeTinyServer(cloud: TestCloud): Promise<string> {
  const { images } = (await cloud.demo.get('/image/v2/images?name=tiny')).body;
  const flavorRef = await flavorId(cloud.demo, 'm1.nano');
  const server = { name: 'one', imageRef: images[0].id, flavorRef, networks: 'none' };
  const headers = { 'openstack-api-version': 'compute 2.37' };
  const made = await cloud.demo.post('/v2.1/servers', { server }, headers);
  if (made.status !== 202) throw new Error(`server: ${JSON.stringify(made.body)}`);
  await cloud.cloud.services.operations.whenIdle();
  return made.body.server.id;
}
