import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { listVersions } from './list-versions.ts';
import { showVersion2, showVersion21, showVersionById } from './show-version.ts';

/** For a surface of its own at the root of the listener, without project and without versions. */
export const versionEndpoints: readonly Endpoint<ComputeService>[] = [
  listVersions,
  showVersion2,
  showVersion21,
];

/** Below both versions, with a token, as all else there. */
export const versionBelowEndpoints: readonly Endpoint<ComputeService>[] = [showVersionById];
