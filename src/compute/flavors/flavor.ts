import { type Actor, isAdmin } from '#policy/actor.ts';

/** What a server may be made like. A server keeps a copy, so deleting a flavor changes none. */
export interface Flavor {
  id: string;
  name: string;
  description: string | null;
  vcpus: number;
  memoryMib: number;
  diskGib: number;
  ephemeralGib: number;
  swapMib: number;
  rxtxFactor: number;
  isPublic: boolean;
  isDisabled: boolean;
  extraSpecs: Record<string, string>;
  createdMs: number;
  updatedMs: number;
}

/** A flavor with the projects that may use it; empty for a public one, which all may use. */
export interface GuardedFlavor extends Flavor {
  accessProjectIds: readonly string[];
}

/** How flavors are told to policy: they are the cloud's. */
export const flavorThing = {
  type: 'flavor',
  of: ({ id }: Flavor) => ({ id }),
} as const;

export function mayUseFlavor(actor: Actor, flavor: GuardedFlavor): boolean {
  if (flavor.isPublic || isAdmin(actor)) return true;
  return actor.projectId !== null && flavor.accessProjectIds.includes(actor.projectId);
}
