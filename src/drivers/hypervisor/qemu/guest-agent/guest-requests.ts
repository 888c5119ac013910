import type { Quiesce } from '../../hypervisor.ts';
import type { QemuHost } from '../host.ts';
import { askGuestAgent } from './guest-agent.ts';

export async function setPassword(
  host: QemuHost,
  guestId: string,
  userName: string,
  password: string,
  signal?: AbortSignal,
): Promise<void> {
  const encoded = Buffer.from(password).toString('base64');
  const args = { username: userName, password: encoded, crypted: false };
  await askGuestAgent(host, guestId, 'guest-set-user-password', args, signal);
}

/**
 * Does the work while the guest's file systems are whole and stand still. However the work or the
 * freezing ends, the guest is told to go on.
 */
export async function whileFrozen<T>(
  host: QemuHost,
  guestId: string,
  quiesce: Quiesce,
  work: () => Promise<T>,
): Promise<T> {
  if (quiesce === 'no') return work();
  try {
    await freeze(host, guestId, quiesce);
    return await work();
  } finally {
    await thaw(host, guestId);
  }
}

async function freeze(host: QemuHost, guestId: string, quiesce: Quiesce): Promise<void> {
  // One that an earlier process of ours left frozen would refuse, and there it matters.
  if (quiesce === 'must') await thaw(host, guestId);
  try {
    await askGuestAgent(host, guestId, 'guest-fsfreeze-freeze');
  } catch (error) {
    if (quiesce === 'must') throw error;
    host.log.info({ guestId, error: String(error) }, 'a guest is copied without being frozen');
  }
}

/** Nothing for a guest that is not frozen, or has no agent. */
export async function thaw(host: QemuHost, guestId: string): Promise<void> {
  if (host.guests.get(guestId)?.live?.power !== 'running') return;
  await askGuestAgent(host, guestId, 'guest-fsfreeze-thaw').catch((error: unknown) => {
    host.log.warn({ guestId, error: String(error) }, 'a guest did not say that it thawed');
  });
}
