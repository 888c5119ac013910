import { serverErrors } from './errors.ts';
import type { NewServers } from './new-servers.ts';

/** NICs of one bare-metal server: the reference's 4.2. */
const mostNetworks = 4;

/** How flavors are marked whose servers are whole machines. */
export function isBareMetal(extraSpecs: Readonly<Record<string, string>>): boolean {
  const { resource_type: type, 'capabilities:hypervisor_type': hypervisor } = extraSpecs;
  return type === 'ironic' || type === 'baremetal' || hypervisor === 'ironic';
}

/** @throws BareMetalUnsupported (400) for what the reference's 4.2 keeps to virtual machines */
export function requireForBareMetal(request: NewServers): void {
  const { networks, place } = request;
  const refused: Record<string, boolean> = {
    'os:scheduler_hints': Object.keys(request.hints).length > 0,
    personality: request.files.length > 0,
    block_device_mapping_v2: request.devices.length > 0,
    'a host in availability_zone': place.host !== null || place.node !== null,
    [`more than ${mostNetworks} networks`]:
      Array.isArray(networks) && networks.length > mostNetworks,
  };
  for (const [parameter, isAsked] of Object.entries(refused)) {
    if (isAsked) throw serverErrors.bareMetalUnsupported({ parameter });
  }
}
