import { networkErrors } from '../../../errors.ts';
import type { NetworkService } from '../../../service.ts';
import { findSubnet } from '../../../subnets/store.ts';
import { seesSubnet } from '../../../subnets/subnet.ts';
import { networkThing } from '../../../things.ts';

interface Named {
  params: { subnet_id: string };
}

/** What `{subnet_id}` in a path names. */
export const subnetTarget = {
  find: ({ context }: NetworkService, { params }: Named) =>
    findSubnet(context.database.queries, params.subnet_id),
  visible: seesSubnet,
  thing: networkThing('subnet'),
  absent: ({ params }: Named) => networkErrors.subnetNotFound({ id: params.subnet_id }),
};
