import type { JsonObject } from '../extras.ts';

/** Users who are given roles together. */
export interface Group {
  id: string;
  domainId: string;
  name: string;
  description: string;
  extra: JsonObject;
}
