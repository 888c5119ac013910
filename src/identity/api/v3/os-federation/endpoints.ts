import { listAuthDomains } from '../auth/list-domains.ts';
import { listAuthProjects } from '../auth/list-projects.ts';
import { federationAuthEndpoints } from './auth.ts';
import { providerEndpoints } from './identity-providers/endpoints.ts';
import { mappingEndpoints } from './mappings/endpoints.ts';
import { protocolEndpoints } from './protocols/endpoints.ts';
import { serviceProviderEndpoints } from './service-providers/endpoints.ts';

export const federationEndpoints = [
  ...providerEndpoints,
  ...mappingEndpoints,
  ...protocolEndpoints,
  ...serviceProviderEndpoints,
  ...federationAuthEndpoints,
  // Older names of the same lists.
  { ...listAuthProjects, path: '/OS-FEDERATION/projects' },
  { ...listAuthDomains, path: '/OS-FEDERATION/domains' },
];
