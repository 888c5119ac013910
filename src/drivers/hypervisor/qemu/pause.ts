import type { QemuHost } from './host.ts';
import type { LiveGuest } from './live-guest.ts';

/** Resolves once the vCPUs stand still. */
export async function pause(host: QemuHost, guestId: string): Promise<void> {
  const live = needLive(host, guestId);
  await live.qmp.execute('stop');
  live.power = 'paused';
}

export async function unpause(host: QemuHost, guestId: string): Promise<void> {
  const live = needLive(host, guestId);
  await live.qmp.execute('cont');
  live.power = 'running';
}

export async function injectNmi(host: QemuHost, guestId: string): Promise<void> {
  await needLive(host, guestId).qmp.execute('inject-nmi');
}

function needLive(host: QemuHost, guestId: string): LiveGuest {
  const live = host.guests.get(guestId)?.live;
  if (!live) throw new Error('the guest is off');
  return live;
}
