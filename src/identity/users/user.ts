import type { JsonObject } from '../extras.ts';

export interface User {
  id: string;
  domainId: string;
  name: string;
  isEnabled: boolean;
  defaultProjectId: string | null;
  /** Names its function, cost and salt; null when the user has no password. Never shown. */
  passwordHash: string | null;
  passwordChangedMs: number | null;
  /** When it stops being good; null: never. */
  passwordExpiresMs: number | null;
  /** Whether the user chose it, not an administrator. */
  passwordIsOwn: boolean;
  /** Begin of the day of the last login, where somebody asks for it. */
  lastActiveMs: number | null;
  options: JsonObject;
  extra: JsonObject;
}

/** Passwords that stop being good before, at or after a time. */
export interface ExpiryFilter {
  operator: '<' | '<=' | '>' | '>=' | '=' | '!=';
  ms: number;
}
