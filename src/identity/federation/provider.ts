import type { JsonObject } from '../extras.ts';

/** Somebody else who knows users: whoever it vouches for may come in. */
export interface IdentityProvider {
  /** Chosen by the administrator. */
  id: string;
  /** Where users who come by it are kept. */
  domainId: string;
  isEnabled: boolean;
  description: string | null;
  /** The issuers of its tokens, as they stand in them. */
  remoteIds: string[];
  /** How long its users have the groups that it named; null or 0: as long as they have tokens. */
  authorizationMinutes: number | null;
}

/** How users of a provider come in, and by which mapping they become ours. */
export interface Protocol {
  idpId: string;
  /** `openid`. */
  id: string;
  mappingId: string;
  /** For whom a token must be meant: one that was issued for another service opens nothing. */
  audiences: string[];
}

export interface Mapping {
  id: string;
  rules: MappingRule[];
}

export interface MappingRule {
  local: JsonObject[];
  remote: Requirement[];
}

/** What a rule asks of one attribute. Without a condition its values are there to be used. */
export interface Requirement {
  /** Name of the attribute. */
  type: string;
  any_one_of?: string[];
  not_any_of?: string[];
  blacklist?: string[];
  whitelist?: string[];
  /** The lists hold patterns, not texts. */
  regex?: boolean;
}

/** Another cloud that believes us. */
export interface ServiceProvider {
  id: string;
  authUrl: string;
  spUrl: string;
  description: string | null;
  isEnabled: boolean;
  relayStatePrefix: string;
}

/** Where no other audience is named. */
export const defaultAudience = 'cumulet';
