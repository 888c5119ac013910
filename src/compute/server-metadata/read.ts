import type { Server } from '#compute/servers/server.ts';
import type { Allowed } from '#policy/engine.ts';
import { metadataErrors } from './errors.ts';

/** @throws InstanceMetadataNotFound (404) */
export function readMetadataItem({ metadata }: Allowed<Server>, key: string): string {
  const value = Object.hasOwn(metadata, key) ? metadata[key] : undefined;
  if (value === undefined) throw metadataErrors.itemNotFound();
  return value;
}
