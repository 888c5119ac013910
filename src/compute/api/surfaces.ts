import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { type Surface, surface } from '#endpoints/surface.ts';
import { renderComputeError } from './errors-wire.ts';
import { extensionEndpoints } from './extensions/endpoints.ts';
import { flavorEndpoints } from './flavors/endpoints.ts';
import { hostRoomEndpoints } from './host-rooms.ts';
import { imageEndpoints } from './images/endpoints.ts';
import { ipEndpoints } from './ips/endpoints.ts';
import { limitEndpoints } from './limits/endpoints.ts';
import { metadataEndpoints } from './metadata/endpoints.ts';
import { aggregateEndpoints } from './os-aggregates/endpoints.ts';
import { zoneEndpoints } from './os-availability-zone/endpoints.ts';
import { baremetalEndpoints } from './os-baremetal-nodes/endpoints.ts';
import { consoleTokenEndpoints } from './os-console-auth-tokens/endpoints.ts';
import { floatingIpEndpoints } from './os-floating-ips/endpoints.ts';
import { instanceActionEndpoints } from './os-instance-actions/endpoints.ts';
import { interfaceEndpoints } from './os-interface/endpoints.ts';
import { keypairEndpoints } from './os-keypairs/endpoints.ts';
import { networkEndpoints } from './os-networks/networks.ts';
import { quotaClassEndpoints } from './os-quota-class-sets/endpoints.ts';
import { quotaEndpoints } from './os-quota-sets/endpoints.ts';
import { securityGroupEndpoints } from './os-security-groups/endpoints.ts';
import { serverGroupEndpoints } from './os-server-groups/endpoints.ts';
import { passwordEndpoints } from './os-server-password/endpoints.ts';
import { removedEndpoints } from './removed/endpoints.ts';
import { serverEndpoints } from './servers/endpoints.ts';
import { tagEndpoints } from './tags/endpoints.ts';
import { versionBelowEndpoints, versionEndpoints } from './versions/endpoints.ts';
import { computeVersions } from './versions/range.ts';

const endpoints: readonly Endpoint<ComputeService>[] = [
  ...serverEndpoints,
  ...interfaceEndpoints,
  ...ipEndpoints,
  ...securityGroupEndpoints,
  ...floatingIpEndpoints,
  ...networkEndpoints,
  ...metadataEndpoints,
  ...tagEndpoints,
  ...instanceActionEndpoints,
  ...passwordEndpoints,
  ...flavorEndpoints,
  ...imageEndpoints,
  ...keypairEndpoints,
  ...limitEndpoints,
  ...quotaEndpoints,
  ...quotaClassEndpoints,
  ...zoneEndpoints,
  ...serverGroupEndpoints,
  ...aggregateEndpoints,
  ...hostRoomEndpoints,
  ...extensionEndpoints,
  ...versionBelowEndpoints,
  ...consoleTokenEndpoints,
  ...baremetalEndpoints,
  ...removedEndpoints,
];

/** Nova's legacy v2, which never heard of microversions, and v2.1, over the same endpoints. */
export function computeSurfaces(service: ComputeService): Surface<unknown>[] {
  const shared = {
    withProjectId: true,
    lastMentionCounts: true,
    requestIdHeader: 'x-compute-request-id',
    renderError: renderComputeError,
    endpoints,
    service,
  };
  return [
    surface({
      ...shared,
      name: 'compute-v2',
      prefixes: ['/v2'],
      fixedVersion: computeVersions.minimum,
      lenientBodies: true,
    }),
    surface({
      ...shared,
      name: 'compute-v2.1',
      prefixes: ['/v2.1'],
      fixedVersion: computeVersions.minimum,
      versioning: {
        ...computeVersions,
        serviceType: 'compute',
        legacyHeader: 'x-openstack-nova-api-version',
      },
    }),
    // No project, no version: what a client reads before it knows either.
    surface({
      name: 'compute-versions',
      prefixes: [''],
      withProjectId: false,
      fixedVersion: computeVersions.minimum,
      renderError: renderComputeError,
      endpoints: versionEndpoints,
      service,
    }),
  ];
}
