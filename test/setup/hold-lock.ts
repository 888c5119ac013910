/** Takes the lock of the state directory named by its argument and keeps it until it is ended. */
import { lockState } from '#cli/state-lock.ts';

const lock = lockState(process.argv[2] ?? '');
console.log(lock ? 'held' : 'refused');
if (lock) setInterval(() => undefined, 60_000);
