import { wholeCatalog } from '../../../catalog/whole.ts';
import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import { seenByAnyone } from '../visibility.ts';

type RegionCall = { params: { region_id: string } };

/** For endpoints that require an action, or show what everyone may see. */
export const anyRegion = {
  find: async (service: IdentityContext, call: RegionCall) =>
    (await wholeCatalog(service)).regions.find(({ id }) => id === call.params.region_id),
  visible: seenByAnyone,
  absent: (call: RegionCall) => identityErrors.regionNotFound({ id: call.params.region_id }),
};
