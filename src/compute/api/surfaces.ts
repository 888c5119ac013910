import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { type Surface, surface } from '#endpoints/surface.ts';
import { catalogEndpoints, versionEndpoints } from './catalog-endpoints.ts';
import { renderComputeError } from './errors-wire.ts';
import { listIps, showIps } from './ips/list-ips.ts';
import { listInterfaces } from './os-interface/list-interfaces.ts';
import { osGetConsoleOutput } from './servers/actions/os-get-console-output.ts';
import { osStart } from './servers/actions/os-start.ts';
import { osStop } from './servers/actions/os-stop.ts';
import { reboot } from './servers/actions/reboot.ts';
import { createServer, createServerFromVolume } from './servers/create-server.ts';
import { deleteServer } from './servers/delete-server.ts';
import { listServers, listServersDetail } from './servers/list-servers.ts';
import { showServer } from './servers/show-server.ts';
import { updateServer } from './servers/update-server.ts';
import { computeVersions } from './versions/range.ts';

const endpoints: readonly Endpoint<ComputeService>[] = [
  createServer,
  createServerFromVolume,
  listServers,
  listServersDetail,
  showServer,
  updateServer,
  deleteServer,
  osStart,
  osStop,
  reboot,
  osGetConsoleOutput,
  listInterfaces,
  listIps,
  showIps,
  ...catalogEndpoints,
];

/** Nova's legacy v2, which never heard of microversions, and v2.1, over the same endpoints. */
export function computeSurfaces(service: ComputeService): Surface<unknown>[] {
  const shared = { withProjectId: true, renderError: renderComputeError, endpoints, service };
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
