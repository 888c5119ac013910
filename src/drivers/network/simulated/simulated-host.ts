import { FaultSwitches } from '#base/fault-switches.ts';
import type { NetworkDriver, NetworkSpec, PortSpec, RouterSpec } from '../network.ts';

/** Methods that a test can make fail. */
export type FaultPoint = Exclude<
  keyof NetworkDriver,
  'facts' | 'onGuestConnection' | 'differing' | 'close'
>;

/**
 * Stands for the kernel: what drivers make here outlives them, so a test may open a second driver
 * on the same host as a restarted process would.
 */
export class SimulatedNetworkHost extends FaultSwitches<FaultPoint> {
  readonly networks = new Map<string, NetworkSpec>();
  readonly routers = new Map<string, RouterSpec>();
  readonly ports = new Map<string, PortSpec>();
  /** Ids of what a test has damaged; making it again mends it. */
  readonly damaged = new Set<string>();
}
