import type { Clock } from '#base/clock.ts';
import { connectIn } from '#base/unix-socket.ts';
import { withDeadline } from '../deadline.ts';
import { QmpClient } from './client.ts';

/** Connects, waits for the greeting and leaves the negotiation mode, all within `timeoutMs`. */
export async function connectQmp(
  clock: Clock,
  folder: string,
  name: string,
  timeoutMs: number,
): Promise<QmpClient> {
  const socket = await connectIn(folder, name);
  const client = new QmpClient(socket, clock);
  try {
    await withDeadline(clock, timeoutMs, 'QMP greeting', client.greeted);
    await client.execute('qmp_capabilities', undefined, timeoutMs);
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}
