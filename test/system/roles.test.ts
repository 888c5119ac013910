import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { processesByGuest } from '#drivers/hypervisor/qemu/process/host-process.ts';
import { ensureNamespace, removeNamespace } from '#drivers/network/linux/in-namespace.ts';
import { type Client, logIn } from '#test/client.ts';
import { eventually } from '#test/eventually.ts';
import { flavorId, networkId } from '#test/servers.ts';
import { type StartedProcess, startMain, temporaryDirectory } from '../setup/started-process.ts';
import { tinyImage } from './tiny-guest.ts';

const ready = /^cumulet ready (http:\/\/127\.0\.0\.1:\d+) in \d+ ms\n/m;
const slowMs = 120_000;

async function clientOf(cloud: StartedProcess, state: string): Promise<Client> {
  const [, url = ''] = await cloud.prints(ready);
  const { passwords } = JSON.parse(readFileSync(join(state, 'secrets.json'), 'utf8'));
  return logIn(url, 'demo', passwords.demo, 'demo');
}

test('an agent takes over the guests that a cloud left running, and gives them back', async () => {
  using state = temporaryDirectory();
  const uplink = `test-uplink-r${randomBytes(4).toString('hex')}`;
  await ensureNamespace(uplink);
  const environment = {
    CUMULET_LISTEN: '127.0.0.1:0',
    CUMULET_STATE: state.path,
    CUMULET_HYPERVISOR: 'qemu',
    CUMULET_NETWORK: 'linux',
    CUMULET_UPLINK: uplink,
    CUMULET_TINY_IMAGE: await tinyImage(),
  };
  const guests = () => processesByGuest(join(state.path, 'guests'));
  try {
    await using cloud = startMain(['up'], environment);
    const demo = await clientOf(cloud, state.path);
    const images = (await demo.get('/v2.1/images')).body.images as { id: string; name: string }[];
    const server = {
      name: 'kept',
      imageRef: images.find(({ name }) => name === 'tiny')?.id,
      flavorRef: await flavorId(demo),
      networks: [{ uuid: await networkId(demo) }],
    };
    const made = await demo.post('/v2.1/servers', { server });
    assert.equal(made.status, 202, JSON.stringify(made.body));
    const { id } = made.body.server;
    const statusOf = async (client: Client) =>
      (await client.get(`/v2.1/servers/${id}`)).body.server.status;
    await eventually('it runs', async () => (await statusOf(demo)) === 'ACTIVE', slowMs);
    assert.equal((await cloud.signal('SIGTERM')).exitCode, 0);
    const [process] = guests().get(id) ?? [];
    assert.ok(process);

    await using agent = startMain(['agent'], environment);
    await agent.prints(/^guests: 1 running\n/m);
    await agent.prints(/^cumulet agent ready for host /m);
    const told = await startMain(['status'], environment).ended;
    assert.match(told.stdout, /^guests: 1 running\n/m);
    assert.equal((await agent.signal('SIGTERM')).exitCode, 0);
    assert.deepEqual(guests().get(id), [process]);

    await using again = startMain(['up'], environment);
    const later = await clientOf(again, state.path);
    assert.equal(await statusOf(later), 'ACTIVE');
    const asked = await later.post(`/v2.1/servers/${id}/action`, { pause: null });
    assert.equal(asked.status, 202, JSON.stringify(asked.body));
    await eventually('it obeys', async () => (await statusOf(later)) === 'PAUSED', slowMs);
    assert.deepEqual(guests().get(id), [process]);
    await again.signal('SIGTERM');
  } finally {
    await startMain(['stop', '--servers'], environment).ended;
    await removeNamespace(uplink);
  }
});
