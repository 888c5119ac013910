import type { Endpoint } from '#endpoints/endpoint.ts';
import { type Surface, surface } from '#endpoints/surface.ts';
import type { NetworkService } from '../service.ts';
import { listVersionsEndpoint } from './list-versions.ts';
import { describeInvalid, renderNetworkError } from './render-error.ts';
import { listZonesEndpoint } from './v2.0/availability-zones/list-zones.ts';
import { listExtensionsEndpoint } from './v2.0/extensions/list-extensions.ts';
import { showExtensionEndpoint } from './v2.0/extensions/show-extension.ts';
import { floatingIpEndpoints } from './v2.0/floatingips/endpoints.ts';
import { createNetworkEndpoint } from './v2.0/networks/create-network.ts';
import { deleteNetworkEndpoint } from './v2.0/networks/delete-network.ts';
import { listNetworksEndpoint } from './v2.0/networks/list-networks.ts';
import { showNetworkEndpoint } from './v2.0/networks/show-network.ts';
import { updateNetworkEndpoint } from './v2.0/networks/update-network.ts';
import { createPortEndpoint } from './v2.0/ports/create-port.ts';
import { deletePortEndpoint } from './v2.0/ports/delete-port.ts';
import { listPortsEndpoint } from './v2.0/ports/list-ports.ts';
import { showPortEndpoint } from './v2.0/ports/show-port.ts';
import { updatePortEndpoint } from './v2.0/ports/update-port.ts';
import { deleteQuotaEndpoint } from './v2.0/quotas/delete-quota.ts';
import { listQuotasEndpoint } from './v2.0/quotas/list-quotas.ts';
import { showDefaultQuotaEndpoint } from './v2.0/quotas/show-default-quota.ts';
import { showQuotaEndpoint } from './v2.0/quotas/show-quota.ts';
import { showQuotaDetailsEndpoints } from './v2.0/quotas/show-quota-details.ts';
import { updateQuotaEndpoint } from './v2.0/quotas/update-quota.ts';
import { addRouterInterfaceEndpoint } from './v2.0/routers/add-router-interface.ts';
import { createRouterEndpoint } from './v2.0/routers/create-router.ts';
import { deleteRouterEndpoint } from './v2.0/routers/delete-router.ts';
import { listRoutersEndpoint } from './v2.0/routers/list-routers.ts';
import { removeRouterInterfaceEndpoint } from './v2.0/routers/remove-router-interface.ts';
import { showRouterEndpoint } from './v2.0/routers/show-router.ts';
import { updateRouterEndpoint } from './v2.0/routers/update-router.ts';
import { createRuleEndpoint } from './v2.0/security-group-rules/create-security-group-rule.ts';
import { deleteRuleEndpoint } from './v2.0/security-group-rules/delete-security-group-rule.ts';
import { listRulesEndpoint } from './v2.0/security-group-rules/list-security-group-rules.ts';
import { showRuleEndpoint } from './v2.0/security-group-rules/show-security-group-rule.ts';
import { createSecurityGroupEndpoint } from './v2.0/security-groups/create-security-group.ts';
import { deleteSecurityGroupEndpoint } from './v2.0/security-groups/delete-security-group.ts';
import { listSecurityGroupsEndpoint } from './v2.0/security-groups/list-security-groups.ts';
import { showSecurityGroupEndpoint } from './v2.0/security-groups/show-security-group.ts';
import { updateSecurityGroupEndpoint } from './v2.0/security-groups/update-security-group.ts';
import { showVersionEndpoint } from './v2.0/show-version.ts';
import { createSubnetEndpoint } from './v2.0/subnets/create-subnet.ts';
import { deleteSubnetEndpoint } from './v2.0/subnets/delete-subnet.ts';
import { listSubnetsEndpoint } from './v2.0/subnets/list-subnets.ts';
import { showSubnetEndpoint } from './v2.0/subnets/show-subnet.ts';
import { updateSubnetEndpoint } from './v2.0/subnets/update-subnet.ts';

const endpoints: readonly Endpoint<NetworkService>[] = [
  listNetworksEndpoint,
  showNetworkEndpoint,
  createNetworkEndpoint,
  updateNetworkEndpoint,
  deleteNetworkEndpoint,
  listSubnetsEndpoint,
  showSubnetEndpoint,
  createSubnetEndpoint,
  updateSubnetEndpoint,
  deleteSubnetEndpoint,
  listPortsEndpoint,
  showPortEndpoint,
  createPortEndpoint,
  updatePortEndpoint,
  deletePortEndpoint,
  listSecurityGroupsEndpoint,
  showSecurityGroupEndpoint,
  createSecurityGroupEndpoint,
  updateSecurityGroupEndpoint,
  deleteSecurityGroupEndpoint,
  listRulesEndpoint,
  showRuleEndpoint,
  createRuleEndpoint,
  deleteRuleEndpoint,
  listRoutersEndpoint,
  showRouterEndpoint,
  createRouterEndpoint,
  updateRouterEndpoint,
  deleteRouterEndpoint,
  addRouterInterfaceEndpoint,
  removeRouterInterfaceEndpoint,
  ...floatingIpEndpoints,
  listExtensionsEndpoint,
  showExtensionEndpoint,
  listZonesEndpoint,
  listQuotasEndpoint,
  showQuotaEndpoint,
  updateQuotaEndpoint,
  deleteQuotaEndpoint,
  showDefaultQuotaEndpoint,
  ...showQuotaDetailsEndpoints,
  showVersionEndpoint,
];

const shared = {
  withProjectId: false,
  fixedVersion: { major: 2, minor: 0 },
  renderError: renderNetworkError,
  describeInvalid,
};

/** The ways in to the network service: Neutron's API and the document that lists its versions. */
export function networkSurfaces(service: NetworkService): Surface<unknown>[] {
  return [
    surface({ ...shared, name: 'network-v2.0', prefixes: ['/network/v2.0'], endpoints, service }),
    surface({
      ...shared,
      name: 'network',
      prefixes: ['/network'],
      endpoints: [listVersionsEndpoint],
      service,
    }),
  ];
}
