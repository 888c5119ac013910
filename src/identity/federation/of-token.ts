import type { Queries } from '#db/database.ts';
import type { Token } from '../tokens/token.ts';
import { listFederatedDoors, listFederatedGroupIds } from './users-store.ts';

/** How whoever has a token came in, and what the provider's mapping gave them. */
export interface FederatedLogin {
  idpId: string;
  protocolId: string;
  groupIds: string[];
}

/** Undefined for a token that nobody got by a provider: also a trust's or a credential's. */
export async function federatedLogin(
  db: Queries,
  token: Token,
): Promise<FederatedLogin | undefined> {
  if (token.trust !== null) return undefined;
  const doors = await listFederatedDoors(db, token.userId);
  const door = doors.find(({ protocolId }) => token.methods.includes(protocolId));
  return door && { ...door, groupIds: await listFederatedGroupIds(db, token.userId) };
}
