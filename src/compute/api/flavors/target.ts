import { flavorErrors } from '#compute/flavors/errors.ts';
import { flavorThing, type GuardedFlavor, mayUseFlavor } from '#compute/flavors/flavor.ts';
import { readFlavor } from '#compute/flavors/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';

type FlavorCall = Call<{ flavor_id: string }, unknown, unknown>;

/** The flavor named in the path; one that is not for this project looks as if there were none. */
export const flavorTarget = {
  find: (service: ComputeService, call: FlavorCall): Promise<GuardedFlavor | undefined> =>
    readFlavor(service.database.queries, call.params.flavor_id),
  visible: mayUseFlavor,
  thing: flavorThing,
  absent: (call: FlavorCall) => flavorErrors.notFound({ id: call.params.flavor_id }),
};
