/** How much of a resource every project may have, unless a limit of its own says otherwise. */
export interface RegisteredLimit {
  id: string;
  serviceId: string;
  /** Null: in all regions. */
  regionId: string | null;
  resourceName: string;
  /** -1: as much as they like. */
  defaultLimit: number;
  description: string | null;
}

/** What one project or domain may have instead. */
export interface Limit {
  id: string;
  registeredLimitId: string;
  /** A project or a domain. */
  ownerId: string;
  resourceLimit: number;
  description: string | null;
}

/** A limit with what the registered one and its owner say of it. */
export interface ShownLimit extends Limit {
  serviceId: string;
  regionId: string | null;
  resourceName: string;
  ownerIsDomain: boolean;
}
