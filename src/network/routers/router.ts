import type { FixedIp } from '../ports/port.ts';
import type { StandardAttributes } from '../standard.ts';

export interface Router extends StandardAttributes {
  name: string;
  adminStateUp: boolean;
  status: string;
  /** Null: no way out. */
  externalGateway: { networkId: string; enableSnat: boolean; fixedIps: FixedIp[] } | null;
}
