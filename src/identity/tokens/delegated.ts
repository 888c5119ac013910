import type { Queries } from '#db/database.ts';
import { isExpired, rolesOfCredential } from '../application-credentials/delegated-roles.ts';
import { findCredential } from '../application-credentials/store.ts';
import { rolesOn } from '../assignments/roles-on.ts';
import type { Project } from '../projects/project.ts';
import { areBothEnabled, rolesOfTrust } from '../trusts/roles-of-trust.ts';
import { findTrust } from '../trusts/store.ts';
import { isPast, type Trust } from '../trusts/trust.ts';
import type { StoredToken, Token } from './token.ts';

type Roles = Pick<Token, 'roles' | 'withheld' | 'applicationCredential' | 'trust'>;

/** The trust of a token; null where it has none, undefined where that one is over. */
export async function liveTrust(
  db: Queries,
  { trustId }: StoredToken,
  nowMs: number,
): Promise<Trust | null | undefined> {
  if (trustId === null) return null;
  const trust = await findTrust(db, trustId);
  if (!trust || isPast(trust, nowMs)) return undefined;
  return (await areBothEnabled(db, trust)) ? trust : undefined;
}

/**
 * What a token has in its scope: all that its user has, or of that what was delegated. @returns
 * undefined where a delegation is over.
 */
export async function rolesOfToken(
  db: Queries,
  stored: StoredToken,
  trust: Trust | null,
  scope: Project,
  nowMs: number,
): Promise<Roles | undefined> {
  const whole = { withheld: [], applicationCredential: null, trust: null };
  if (trust) return { ...whole, trust, ...(await rolesOfTrust(db, trust, scope)) };
  const held = await rolesOn(db, stored.userId, scope);
  const { applicationCredentialId: id } = stored;
  if (id === null) return { ...whole, roles: held };
  const credential = await findCredential(db, id);
  if (!credential || isExpired(credential, nowMs)) return undefined;
  const roles = await rolesOfCredential(db, credential, held);
  const withheld = held.filter((role) => !roles.includes(role));
  return { ...whole, roles, withheld, applicationCredential: credential };
}
