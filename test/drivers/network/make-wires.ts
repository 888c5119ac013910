import { systemClock } from '#base/clock.ts';
import { silentLog } from '#base/log.ts';
import { openLinuxNetwork } from '#drivers/network/linux/linux-network.ts';
import type { NetworkSpec, PortSpec, RouterSpec } from '#drivers/network/network.ts';

// Makes wires until it is killed, for the tests of what remains then.
const [instanceId = '', uplink = '', specs = ''] = process.argv.slice(2);
const { network, outside, router, ports } = JSON.parse(specs) as {
  network: NetworkSpec;
  outside: NetworkSpec;
  router: RouterSpec;
  ports: PortSpec[];
};
process.stdout.write('started\n');
const driver = await openLinuxNetwork({
  instanceId,
  clock: systemClock,
  log: silentLog,
  uplink: { kind: 'namespace', name: uplink },
});
await Promise.all([driver.ensureNetwork(network), driver.ensureNetwork(outside)]);
await driver.ensureRouter(router);
for (const port of ports) await driver.plugPort(port);
