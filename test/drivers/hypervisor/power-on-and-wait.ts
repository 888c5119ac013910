import { systemClock } from '#base/clock.ts';
import { silentLog } from '#base/log.ts';
import type { GuestSpec } from '#drivers/hypervisor/hypervisor.ts';
import { openQemuDriver } from '#drivers/hypervisor/qemu/driver.ts';

// Run as a process of its own by the tests that kill us: powers on the guest of its second
// argument in the state folder of its first, says so, and waits to be killed.
const [stateFolder = '', guestText = ''] = process.argv.slice(2);
const guest = JSON.parse(guestText) as GuestSpec;
const driver = await openQemuDriver({
  stateFolder,
  clock: systemClock,
  log: silentLog,
  accelerator: 'tcg',
});
await driver.powerOn(guest);
process.stdout.write('powered on\n');
await new Promise(() => undefined);
