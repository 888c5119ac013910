import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as passes } from 'node:timers/promises';
import { ensureNamespace, ip } from '#drivers/network/linux/in-namespace.ts';
import { bridgeName, networkNamespace, tapName } from '#drivers/network/linux/names.ts';
import { eventually } from '#test/eventually.ts';
import { withLab } from './linux-lab.ts';
import { connectIn } from './namespace-sockets.ts';
import { externalNetworkSpec, networkSpec, portSpec, routerSpec, rule } from './specs.ts';

test('wires that were left half made are completed', () =>
  withLab(async (lab, driver) => {
    const network = networkSpec();
    const port = portSpec(network, 1);
    const half = `cumulet-switch-${lab.instanceId}`;
    // A name without a namespace, a bridge that is down, a leg to a namespace that is gone.
    await writeFile(`/run/netns/${networkNamespace(network.id)}`, '');
    const short = network.id.replaceAll('-', '').slice(0, 11);
    await ensureNamespace(`test-gone-${lab.instanceId}`);
    await ip(half, [
      `link add name ${bridgeName(network.id)} type bridge`,
      `link add name dhc${short} type veth peer name lan0 netns test-gone-${lab.instanceId}`,
    ]);
    await driver.ensureNetwork(network);
    await ip(null, [`netns delete test-gone-${lab.instanceId}`]);
    const guest = await lab.unconfiguredGuest(driver, port);
    assert.equal((await guest.askDhcp()).get('ip'), '10.42.0.11');
    // A tap that nobody has named yet.
    const second = portSpec(network, 2);
    await ip(half, [`tuntap add dev ${tapName(second.id)} mode tap`]);
    await driver.plugPort(second);
    assert.deepEqual((await driver.inventory()).portIds, [port.id, second.id].sort());
  }));

test('traffic is not disturbed when the wires are adopted', () =>
  withLab(async (lab, driver) => {
    const network = networkSpec();
    await driver.ensureNetwork(network);
    const one = await lab.guest(driver, portSpec(network, 1));
    const two = await lab.guest(driver, portSpec(network, 2, { rules: [rule()] }));
    await using echoes = pingFor(one.namespace, two.address);
    await eventually('the first echo', () => echoes.numbers().length > 0);
    await driver.close();
    const again = await lab.open();
    await again.ensureNetwork(network);
    await again.plugPort(one.port);
    await again.plugPort(two.port);
    const adopted = echoes.numbers().length;
    await eventually('echoes after that', () => echoes.numbers().length > adopted);
    const numbers = echoes.numbers();
    const [first = 0] = numbers;
    const whole = numbers.map((_, index) => first + index);
    assert.deepEqual(numbers, whole, 'an echo is missing');
    await again.close();
  }));

/** Asks for fifty echoes a second; the last one asked for is always still on its way. */
function pingFor(namespace: string, address: string) {
  const ping = ['busybox', 'ping', '-i', '0.02', '-c', '10000', address];
  const child = spawn('nsenter', [`--net=/run/netns/${namespace}`, '--', ...ping], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return {
    /** Of the echoes that came, in their turn. */
    numbers: () => [...said.matchAll(/ seq=(\d+) /g)].map(([, number]) => Number(number)),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Kills a process that makes wires after `ms`; what it had started goes on by itself. */
async function killAfter(ms: number, instanceId: string, uplink: string, specs: object) {
  const program = join(import.meta.dirname, 'make-wires.ts');
  const child = spawn(process.execPath, [program, instanceId, uplink, JSON.stringify(specs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  await passes(ms);
  child.kill('SIGKILL');
  await ended;
}

for (const ms of [0, 20, 50, 90, 140, 200, 300]) {
  test(`wires are completed or removed after a kill ${ms} ms into their making`, () =>
    withLab(async (lab, driver) => {
      const network = networkSpec();
      const outside = externalNetworkSpec();
      const router = routerSpec(network, outside);
      const ports = [portSpec(network, 1), portSpec(network, 2)];
      await driver.close();
      await killAfter(ms, lab.instanceId, lab.uplink, { network, outside, router, ports });
      const again = await lab.open();
      // Half the time everything is made anew, half the time only taken away.
      if (ms % 20 === 0) {
        await Promise.all([again.ensureNetwork(network), again.ensureNetwork(outside)]);
        await again.ensureRouter(router);
        for (const port of ports) await again.plugPort(port);
        const third = portSpec(network, 3);
        const guest = await lab.unconfiguredGuest(again, third);
        assert.equal((await guest.askDhcp()).get('ip'), '10.42.0.13');
        again.onGuestConnection(({ socket }) => socket.end());
        await guest.configure();
        (await connectIn(guest.namespace, '169.254.169.254', 80)).destroy();
        assert.equal(await guest.reaches('198.51.100.1'), true);
      }
      for (const id of (await again.inventory()).portIds) await again.unplugPort(id);
      await again.removeRouter(router.id);
      await Promise.all([again.removeNetwork(network.id), again.removeNetwork(outside.id)]);
      const nothing = { networkIds: [], routerIds: [], portIds: [] };
      assert.deepEqual(await again.inventory(), nothing);
      await again.close();
    }));
}
