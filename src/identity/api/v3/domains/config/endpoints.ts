import { createConfigEndpoint } from './create-config.ts';
import { defaultConfigEndpoints } from './defaults.ts';
import { deleteConfigEndpoints } from './delete-config.ts';
import { showComplianceEndpoints } from './show-compliance.ts';
import { showConfigEndpoints } from './show-config.ts';
import { updateConfigEndpoints } from './update-config.ts';

/** What is kept for tools that configure domains. */
export const domainConfigEndpoints = [
  createConfigEndpoint,
  ...showConfigEndpoints,
  ...showComplianceEndpoints,
  ...updateConfigEndpoints,
  ...deleteConfigEndpoints,
  ...defaultConfigEndpoints,
];
