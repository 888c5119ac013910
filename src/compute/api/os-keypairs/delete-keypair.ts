import type { VersionRange } from '#base/microversion.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { deleteKeypair as removeKeypair } from '#compute/keypairs/delete.ts';
import { keypairErrors } from '#compute/keypairs/errors.ts';
import { ownerQuery } from './query.ts';
import { keypairTarget } from './target.ts';

function deletionIn(range: VersionRange, status: number) {
  return endpoint({
    ...range,
    method: 'DELETE',
    path: '/os-keypairs/{keypair_name}',
    summary: 'Deletes a key pair; servers made with it keep its public key.',
    requires: ['ecs:serverKeypairs:delete'],
    query: ownerQuery,
    target: keypairTarget,
    status,
    errors: [keypairErrors.notFound],
    handle: (service, _call, keypair) => removeKeypair(service, keypair),
  });
}

/** The status was mended in 2.2. */
export const deleteKeypair = [deletionIn({ until: '2.1' }, 202), deletionIn({ since: '2.2' }, 204)];
