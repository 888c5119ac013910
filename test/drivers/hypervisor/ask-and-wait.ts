import { systemClock } from '#base/clock.ts';
import { silentLog } from '#base/log.ts';
import type { GuestSpec } from '#drivers/hypervisor/hypervisor.ts';
import { openQemuDriver } from '#drivers/hypervisor/qemu/driver.ts';

/** Suspends or resumes one guest, says so, and waits to be killed. */
const [stateFolder = '', verb = '', json = ''] = process.argv.slice(2);
const guest = JSON.parse(json) as GuestSpec;
const options = { stateFolder, clock: systemClock, log: silentLog };
const driver = await openQemuDriver({ ...options, accelerator: 'tcg' });
process.stdout.write('begins\n');
await (verb === 'suspend' ? driver.suspend(guest.id) : driver.resume(guest));
process.stdout.write('done\n');
setInterval(() => undefined, 60_000);
