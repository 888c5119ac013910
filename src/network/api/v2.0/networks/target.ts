import { networkErrors } from '../../../errors.ts';
import { seesNetwork } from '../../../networks/network.ts';
import { findNetwork } from '../../../networks/store.ts';
import type { NetworkService } from '../../../service.ts';
import { networkThing } from '../../../things.ts';

interface Named {
  params: { network_id: string };
}

/** What `{network_id}` in a path names. */
export const networkTarget = {
  find: ({ context }: NetworkService, { params }: Named) =>
    findNetwork(context.database.queries, params.network_id),
  visible: seesNetwork,
  thing: networkThing('network'),
  absent: ({ params }: Named) => networkErrors.networkNotFound({ id: params.network_id }),
};
