import { together } from '#base/together.ts';
import { until } from '../deadline.ts';
import type { QemuHost } from '../host.ts';
import type { LiveGuest } from '../live-guest.ts';
import { textMember } from '../qmp/messages.ts';

const settleTimeoutMs = 5_000;
/** As fast as the other side takes it. */
const anyBandwidth = 2 ** 40;
const pausing = 'pause-before-switchover';
const under = new Set(['setup', 'active', 'device', 'pre-switchover', 'cancelling']);

/** To be asked before the memory begins to move. */
export async function tellOfMigration(
  live: LiveGuest,
  further: readonly 'pause-before-switchover'[] = [],
  bytesPerSecond = anyBandwidth,
): Promise<void> {
  const capabilities = [
    { capability: 'events', state: true },
    // Said either way: an attempt before may have wanted it otherwise.
    { capability: pausing, state: further.includes(pausing) },
  ];
  const parameters = { 'max-bandwidth': Math.min(bytesPerSecond, anyBandwidth) };
  // QEMU takes one after the other, and need not wait for us in between.
  await together([
    live.qmp.execute('migrate-set-capabilities', { capabilities }),
    live.qmp.execute('migrate-set-parameters', parameters),
  ]);
}

/** Begins with `start`; resolves when the memory has gone over, out or in, or throws why not. */
export async function moveMemory(
  live: LiveGuest,
  signal: AbortSignal | undefined,
  start: () => Promise<unknown>,
): Promise<void> {
  signal?.throwIfAborted();
  const over = Promise.withResolvers<void>();
  const listener = (status: string) => {
    if (status === 'completed') over.resolve();
    if (status === 'failed' || status === 'cancelled') over.reject(new Error(status));
  };
  const abort = () => over.reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  live.migrations.add(listener);
  live.ended.then(() => over.reject(new Error('QEMU ended')));
  over.promise.catch(() => undefined);
  try {
    await start();
    await over.promise;
  } catch (error) {
    if (signal?.aborted) throw error;
    const answer = await live.qmp.execute('query-migrate').catch(() => undefined);
    const reason = textMember(answer, 'error-desc') ?? String(error);
    throw new Error(`the memory of the guest could not be moved: ${reason}`);
  } finally {
    live.migrations.delete(listener);
    signal?.removeEventListener('abort', abort);
  }
}

/** Whether the memory is on its way out. */
export async function isMoving(live: LiveGuest): Promise<boolean> {
  return under.has(textMember(await live.qmp.execute('query-migrate'), 'status') ?? '');
}

/** Calls off what an interrupted attempt may have begun, and waits until it is over. */
export async function stopMoving(host: QemuHost, live: LiveGuest): Promise<void> {
  let status: string | undefined = 'active';
  const ask = async () => {
    status = textMember(await live.qmp.execute('query-migrate'), 'status');
  };
  await ask();
  if (!under.has(status ?? '')) return;
  await live.qmp.execute('migrate_cancel');
  const isOver = await until(host.clock, settleTimeoutMs, 10, () => {
    ask().catch(() => undefined);
    return !under.has(status ?? '');
  });
  if (!isOver) throw new Error('QEMU does not stop moving the memory');
}
