import type { JsonObject } from '../extras.ts';

/** A text that some service may read as its policy. Nothing here is decided by it. */
export interface PolicyBlob {
  id: string;
  /** Media type, such as `application/json`. */
  type: string;
  /** JSON of any shape, mostly a text. */
  blob: unknown;
  extra: JsonObject;
}
