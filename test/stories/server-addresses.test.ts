import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from '#test/eventually.ts';
import { type Clients, StoryCloud } from './clients.ts';

describe('addresses of a running server with the unmodified clients', () => {
  let story: StoryCloud;
  let demo: Clients;

  before(async () => {
    story = await StoryCloud.open();
    demo = story.as('cumulet');
    await demo.openstack('server create --image tiny --flavor m1.nano --network private --wait s');
  });
  after(() => story?.close());

  const addresses = async (): Promise<string[]> => {
    const shown = await demo.show<{ addresses: Record<string, string[]> }>('server show s');
    return shown.addresses.private ?? [];
  };
  /** As the host has them. */
  const translations = () =>
    [...story.cloud.hosts.network.routers.values()].flatMap((router) => router.floatingIps ?? []);

  test('a fixed address is added to the server and taken from it', async () => {
    const [first = ''] = await addresses();
    await demo.openstack('server add fixed ip s private');
    await story.cloud.cloud.services.operations.whenIdle();
    const both = await addresses();
    assert.equal(both.length, 2);
    const [second = ''] = both.filter((address) => address !== first);
    // Debian's client calls what its own library has no more, so that it is asked for by hand.
    const { id } = await demo.show<{ id: string }>('server show s');
    const removal = { removeFixedIp: { address: second } };
    const answer = await story.cloud.demo.post(`/v2.1/servers/${id}/action`, removal);
    assert.equal(answer.status, 202);
    assert.deepEqual(await addresses(), [first]);
    const held = () => {
      const ports = [...story.cloud.hosts.network.ports.values()];
      return ports.flatMap((port) => port.fixedIps.map((ip) => ip.address));
    };
    await eventually('the host knows', () => held().join() === first);
  });

  test('a floating IP leads to the server until it is taken from it', async () => {
    const [fixedAddress = ''] = await addresses();
    const create = 'floating ip create public -f value -c floating_ip_address';
    const address = await demo.openstack(create);
    await demo.openstack(`server add floating ip s ${address}`);
    assert.deepEqual((await addresses()).sort(), [fixedAddress, address].sort());
    await eventually('the host translates', () => translations().length === 1);
    assert.deepEqual(translations(), [{ address, fixedAddress }]);
    await demo.openstack(`server remove floating ip s ${address}`);
    assert.deepEqual(await addresses(), [fixedAddress]);
    await eventually('the host does no more', () => translations().length === 0);
  });
});
