import { keypairErrors } from '#compute/keypairs/errors.ts';
import { type Keypair, keypairThing, mayUseKeypair } from '#compute/keypairs/keypair.ts';
import { findKeypair } from '#compute/keypairs/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';
import { userNamed } from './query.ts';

type KeypairCall = Call<{ keypair_name: string }, unknown, unknown>;

/** The key pair named in the path; those of other users look as if there were none. */
export const keypairTarget = {
  find: (service: ComputeService, call: KeypairCall): Promise<Keypair | undefined> =>
    findKeypair(service.database.queries, ownerOf(call), call.params.keypair_name),
  visible: mayUseKeypair,
  thing: keypairThing,
  absent: (call: KeypairCall) =>
    keypairErrors.notFound({ name: call.params.keypair_name, userId: ownerOf(call) }),
};

function ownerOf(call: KeypairCall): string {
  return userNamed(call) ?? call.actor.userId;
}
