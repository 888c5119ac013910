import type { HypervisorDriver } from '../../hypervisor.ts';
import type { QemuHost } from '../host.ts';
import { guestsWithDeadWires, reviveNics } from './dead-wires.ts';
import { attachNic, detachNic } from './hot-plug.ts';

type Cards = Pick<HypervisorDriver, 'attachNic' | 'detachNic' | 'deadWires' | 'reviveNics'>;

/** What the driver does with network cards of guests that run. */
export function cardsOf(host: QemuHost): Cards {
  return {
    attachNic: (guestId, nic) => attachNic(host, guestId, nic),
    detachNic: (guestId, portId, signal) => detachNic(host, guestId, portId, signal),
    deadWires: () => guestsWithDeadWires(host),
    reviveNics: (guestId, nics, signal) => reviveNics(host, guestId, nics, signal),
  };
}
