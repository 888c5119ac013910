import { networkErrors } from '../../../errors.ts';
import { seesPort } from '../../../ports/port.ts';
import { findPort } from '../../../ports/store.ts';
import type { NetworkService } from '../../../service.ts';
import { networkThing } from '../../../things.ts';

interface Named {
  params: { port_id: string };
}

/** What `{port_id}` in a path names. */
export const portTarget = {
  find: ({ context }: NetworkService, { params }: Named) =>
    findPort(context.database.queries, params.port_id),
  visible: seesPort,
  thing: networkThing('port'),
  absent: ({ params }: Named) => networkErrors.portNotFound({ id: params.port_id }),
};
