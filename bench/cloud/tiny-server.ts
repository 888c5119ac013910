import type { Client } from '../http/client.ts';
import type { CloudProcess } from './process.ts';
import { idNamed, untilSettled } from './workload.ts';

/** The body of `POST servers` for a smallest server of the test image. */
export async function tinyServer(demo: Client, name: string): Promise<object> {
  const network = await idNamed(demo, '/network/v2.0/networks', 'networks', 'private');
  const server = {
    name,
    imageRef: await idNamed(demo, '/image/v2/images', 'images', 'tiny'),
    flavorRef: await idNamed(demo, '/v2.1/flavors', 'flavors', 'm1.nano'),
    networks: [{ uuid: network }],
  };
  return { server };
}

/** @returns its id, once it is ACTIVE; its system may still be booting. */
export async function makeTinyServer(demo: Client): Promise<string> {
  type Created = { server: { id: string } };
  const body = await tinyServer(demo, 'inside');
  const made = await demo.request<Created>('POST', '/v2.1/servers', 202, body);
  await untilSettled(demo);
  return made.server.id;
}

/** So that the cloud asks the agent, which the image has. */
export async function tellOfAgent(cloud: CloudProcess): Promise<void> {
  const admin = await cloud.logIn('admin');
  const id = await idNamed(admin, '/image/v2/images', 'images', 'tiny');
  const type = 'application/openstack-images-v2.1-json-patch';
  const change = [{ op: 'add', path: '/hw_qemu_guest_agent', value: 'yes' }];
  const answer = await fetch(`${cloud.url}/image/v2/images/${id}`, {
    method: 'PATCH',
    headers: { 'content-type': type, 'x-auth-token': admin.token },
    body: JSON.stringify(change),
  });
  if (answer.status !== 200) throw new Error(`the image was not changed: ${answer.status}`);
  admin.close();
}

/** How often the guest's console has said the text; 0 before there is a guest. */
export async function countOnConsole(demo: Client, id: string, text: string): Promise<number> {
  const path = `/v2.1/servers/${id}/action`;
  const { status, body } = await demo.answer('POST', path, { 'os-getConsoleOutput': {} });
  // Until there is a guest the answer is a conflict.
  if (status !== 200) return 0;
  return JSON.parse(body.toString('utf8')).output.split(text).length - 1;
}
