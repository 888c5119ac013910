import type { GuestNic } from '../../hypervisor.ts';
import type { QemuHost } from '../host.ts';
import type { LiveGuest } from '../live-guest.ts';
import { QmpRefusal } from '../qmp/messages.ts';
import { deviceId, deviceOf, netdevId, netdevOf } from './network-devices.ts';

/** A guest's kernel answers in milliseconds; one that is only just booting, once it is up. */
const unplugTimeoutMs = 30_000;
/** A request that came before the guest's kernel listened is forgotten: it is made again. */
const askAgainMs = 1_500;

/**
 * A card for the port in a guest that runs; see the contract.
 * @param slot where it is to be, as `addr` takes it; absent: wherever one is free
 */
export async function attachNic(
  host: QemuHost,
  guestId: string,
  nic: GuestNic,
  slot?: string,
): Promise<void> {
  const live = host.guests.get(guestId)?.live;
  if (!live || (await hasDevice(live, deviceId(nic.portId)))) return;
  // What an attempt that was cut short may have left behind.
  await removeNetdev(live, nic.portId);
  await live.qmp.execute('netdev_add', netdevOf(nic));
  try {
    await live.qmp.execute('device_add', { ...deviceOf(nic), ...(slot && { addr: slot }) });
  } catch (error) {
    await removeNetdev(live, nic.portId);
    throw error;
  }
}

/** Asks the guest to let go of the card, waits until it has, and takes the wire's end away. */
export async function detachNic(
  host: QemuHost,
  guestId: string,
  portId: string,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted();
  const live = host.guests.get(guestId)?.live;
  if (!live) return;
  const endMs = host.clock.nowMs() + unplugTimeoutMs;
  try {
    while (await hasDevice(live, deviceId(portId))) {
      if (host.clock.nowMs() >= endMs) {
        const seconds = unplugTimeoutMs / 1000;
        throw new Error(`the guest did not let go of its network card within ${seconds} s`);
      }
      await letGo(host, live, deviceId(portId), signal);
    }
    await removeNetdev(live, portId);
  } catch (error) {
    // A guest that ended meanwhile has no card any more.
    if (host.guests.get(guestId)?.live === live) throw error;
  }
}

/** Asks the guest to let go of a device, and waits until it has or is to be asked again. */
async function letGo(
  host: QemuHost,
  live: LiveGuest,
  device: string,
  signal?: AbortSignal,
): Promise<void> {
  const over = new AbortController();
  const listener = (released: string) => {
    if (released === device) over.abort();
  };
  live.released.add(listener);
  live.ended.then(() => over.abort());
  try {
    await askToLetGo(live, device);
    const either = signal ? AbortSignal.any([over.signal, signal]) : over.signal;
    await host.clock.sleep(askAgainMs, either).catch(() => undefined);
    signal?.throwIfAborted();
  } finally {
    live.released.delete(listener);
  }
}

async function askToLetGo(live: LiveGuest, device: string): Promise<void> {
  await live.qmp.execute('device_del', { id: device }).catch((error: unknown) => {
    // Refused while an earlier request is pending, or when the card went just now.
    if (!(error instanceof QmpRefusal)) throw error;
  });
}

export async function hasDevice(live: LiveGuest, device: string): Promise<boolean> {
  const list = await live.qmp.execute('qom-list', { path: '/machine/peripheral' });
  return Array.isArray(list) && list.some((one: { name?: unknown }) => one.name === device);
}

async function removeNetdev(live: LiveGuest, portId: string): Promise<void> {
  await live.qmp.execute('netdev_del', { id: netdevId(portId) }).catch((error: unknown) => {
    // There is none: that is what we want.
    if (!(error instanceof QmpRefusal)) throw error;
  });
}
