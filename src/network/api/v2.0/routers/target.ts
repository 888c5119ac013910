import { networkErrors } from '../../../errors.ts';
import { findRouter } from '../../../routers/store.ts';
import type { NetworkService } from '../../../service.ts';
import { networkThing } from '../../../things.ts';

interface Named {
  params: { router_id: string };
}

/** What `{router_id}` in a path names. */
export const routerTarget = {
  find: ({ context }: NetworkService, { params }: Named) =>
    findRouter(context.database.queries, params.router_id),
  thing: networkThing('router'),
  absent: ({ params }: Named) => networkErrors.routerNotFound({ id: params.router_id }),
};
