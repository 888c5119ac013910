import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { createSimulatedHost } from '#drivers/hypervisor/simulated/simulated-host.ts';
import { ip } from '#drivers/network/linux/in-namespace.ts';
import { switchNamespace, tapName } from '#drivers/network/linux/names.ts';
import type { PortSpec } from '#drivers/network/network.ts';
import { SimulatedStorageHost } from '#drivers/storage/simulated/simulated-host.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { eventually } from '#test/eventually.ts';
import { makeServer, networkId } from '#test/servers.ts';
import { Guest } from '../drivers/network/linux-guest.ts';
import { LinuxLab } from '../drivers/network/linux-lab.ts';
import { connectIn, listenIn } from '../drivers/network/namespace-sockets.ts';

/** How fast it is in truth is measured elsewhere. */
const effectiveWithinMs = 60_000;
/** Dropped packets bring no answer; so long is waited for one, by a process that must start. */
const droppedAfterMs = 1_500;
const silentAfterMs = 200;

/** True when a line gets through a connection that is open. */
function carries(from: Socket, to: Socket): Promise<boolean> {
  const heard = once(to, 'data', { signal: AbortSignal.timeout(silentAfterMs) });
  from.write('line');
  return heard.then(
    () => true,
    () => false,
  );
}

describe('real wires while the guest runs, driven by actions of its server', () => {
  let lab: LinuxLab;
  let cloud: TestCloud;
  let guest: Guest;
  let neighbour: Guest;
  let id = '';
  let second = '';
  const guests: Guest[] = [];

  /** A server on a port whose guest is a namespace. */
  async function runGuest(): Promise<{ id: string; guest: Guest }> {
    const network_id = await networkId(cloud.demo);
    const made = await cloud.demo.post('/network/v2.0/ports', { port: { network_id } });
    const { id: portId, mac_address, fixed_ips } = made.body.port;
    const fixedIps = [{ subnetId: fixed_ips[0].subnet_id, address: fixed_ips[0].ip_address }];
    const seen = { id: portId, macAddress: mac_address, fixedIps } as unknown as PortSpec;
    const namespace = await Guest.make(lab.instanceId, seen);
    guests.push(namespace);
    await namespace.configure();
    return { id: await makeServer(cloud, { networks: [{ port: portId }] }), guest: namespace };
  }

  async function act(body: object): Promise<void> {
    const answer = await cloud.demo.post(`/v2.1/servers/${id}/action`, body);
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
  }

  const reaches = (from: string, address: string) =>
    connectIn(from, address, 7000, droppedAfterMs).then(
      (socket) => {
        socket.destroy();
        return true;
      },
      () => false,
    );

  before(async () => {
    lab = await LinuxLab.make();
    cloud = await startTestCloud({
      openDrivers: async () => ({
        hypervisor: createSimulatedHost({ clock: systemClock }).openHypervisor(),
        network: await lab.open(),
        storage: new SimulatedStorageHost().openStorage(),
      }),
    });
    await cloud.cloud.services.networks.converged();
    ({ id, guest } = await runGuest());
    ({ guest: neighbour } = await runGuest());
  });
  after(async () => {
    await cloud?.cloud.stopServers();
    await cloud?.[Symbol.asyncDispose]();
    await Promise.all(guests.map((one) => one.remove()));
    await lab?.close();
  });

  test('a wire that was pulled out is put back when the network is reset', async () => {
    for (const name of ['resetNetwork', 'injectNetworkInfo']) {
      const pull = `link set dev ${tapName(guest.port.id)} nomaster`;
      await ip(switchNamespace(lab.instanceId), [pull]);
      const path = `/v2.1/servers/${id}/action`;
      assert.equal((await cloud.demo.post(path, { [name]: null })).status, 403);
      assert.equal((await cloud.admin.post(path, { [name]: null })).status, 202);
      await eventually(
        'it is heard again',
        () => neighbour.pings(guest.address),
        effectiveWithinMs,
      );
      await cloud.cloud.services.operations.whenIdle();
      const { body } = await cloud.demo.get(`/v2.1/servers/${id}/os-instance-actions`);
      const [{ action, message }] = body.instanceActions;
      assert.deepEqual([action, message], [name, null]);
    }
  });

  test('an added address may be used at once, and no longer than it is held', async () => {
    assert.equal(await neighbour.reaches(guest.address), true);
    await act({ addFixedIp: { networkId: await networkId(cloud.demo) } });
    const { body } = await cloud.demo.get(`/v2.1/servers/${id}/ips`);
    second = body.addresses.private[1].addr;
    await ip(guest.namespace, [`address add ${second}/16 dev eth0`]);
    const goesOut = () => guest.pings(neighbour.address, '-I', second);
    await eventually('the second address works', goesOut, effectiveWithinMs);
    await act({ removeFixedIp: { address: second } });
    const isDropped = async () => !(await goesOut());
    await eventually('the second address is dropped', isDropped, effectiveWithinMs);
    assert.equal(await guest.reaches(neighbour.address), true, 'the first was not disturbed');
  });

  test('a group opens a port at once, and leaving it ends what came by it', async () => {
    const server = await listenIn(guest.namespace, '0.0.0.0', 7000);
    const accepted: Socket[] = [];
    server.on('connection', (socket: Socket) => accepted.push(socket));
    try {
      const { demo } = cloud;
      const group = { name: 'web', description: '' };
      const made = await demo.post('/v2.1/os-security-groups', { security_group: group });
      const parent_group_id = made.body.security_group.id;
      const tcp = { ip_protocol: 'tcp', from_port: 7000, to_port: 7000, cidr: '0.0.0.0/0' };
      const rule = { parent_group_id, ...tcp };
      await demo.post('/v2.1/os-security-group-rules', { security_group_rule: rule });
      const pool = await demo.post('/v2.1/os-floating-ips', {});
      const { ip: floating } = pool.body.floating_ip;
      await act({ addFloatingIp: { address: floating } });
      assert.equal(await reaches(lab.uplink, floating), false, 'its group lets no stranger in');
      await act({ addSecurityGroup: { name: 'web' } });
      const isOpen = () => reaches(lab.uplink, floating);
      await eventually('a stranger reaches the guest', isOpen, effectiveWithinMs);

      const near = await connectIn(lab.uplink, floating, 7000);
      // A connection that was only tried may be accepted late.
      const far = await eventually('its other end', () =>
        accepted.find(({ remotePort }) => remotePort === near.localPort),
      );
      const isHeard = () => carries(far, near);
      await eventually('the guest is heard', isHeard, effectiveWithinMs);
      await act({ removeSecurityGroup: { name: 'web' } });
      const isCut = async () => !(await isHeard());
      const isClosed = async () => !(await isOpen());
      await eventually('the stranger hears nothing any more', isCut, effectiveWithinMs);
      await eventually('nor does a new one', isClosed, effectiveWithinMs);

      await act({ addSecurityGroup: { name: 'web' } });
      await eventually('the guest is heard again', isHeard, effectiveWithinMs);
      await act({ removeFloatingIp: { address: floating } });
      await eventually('its outer address is gone', isCut, effectiveWithinMs);
      await eventually('a new one does not find it', isClosed, effectiveWithinMs);
      near.destroy();
      far.destroy();
    } finally {
      server.close();
    }
  });
});
