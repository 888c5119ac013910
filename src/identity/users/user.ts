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
  options: JsonObject;
  extra: JsonObject;
}
