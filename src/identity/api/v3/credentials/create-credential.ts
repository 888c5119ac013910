import { delegationErrors, requireWhole } from '#policy/delegation.ts';
import { createCredential, requireOwner } from '../../../credentials/write.ts';
import { identityErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { CredentialCreate } from './schema.ts';
import { credentialBody, credentialSchema } from './wire.ts';

export const createCredentialEndpoint = endpoint({
  method: 'POST',
  path: '/credentials',
  summary: 'Keep a secret of a user, such as that of a device that makes codes.',
  requires: [],
  body: CredentialCreate,
  status: 201,
  response: oneAnswer('credential', credentialSchema),
  errors: [
    identityErrors.userNotFound,
    identityErrors.projectNotFound,
    identityErrors.invalid,
    identityErrors.credentialTaken,
    identityErrors.credentialLimit,
    delegationErrors.delegated,
  ],
  handle: async (service, call) => {
    const { type, blob, user_id: named, project_id: projectId = null } = call.body.credential;
    const userId = named ?? call.actor.userId;
    requireOwner(call.actor, userId, 'identity:credentials:create');
    requireWhole(call.actor, 'credentials');
    const made = await createCredential(service, call.actor, { type, blob, userId, projectId });
    return { credential: { ...credentialBody(made, call.root), blob } };
  },
});
