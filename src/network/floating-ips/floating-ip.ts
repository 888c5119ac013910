import type { StandardAttributes } from '../standard.ts';

/** An address of an external network that stands for an address of a port inside. */
export interface FloatingIp extends StandardAttributes {
  networkId: string;
  address: string;
  /** Null: lent to no port; then there is no router either. */
  association: { portId: string; fixedAddress: string; routerId: string } | null;
  status: string;
}
