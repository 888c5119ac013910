import { delegationErrors, requireWhole } from '#policy/delegation.ts';
import { changeCredential } from '../../../credentials/write.ts';
import { identityErrors } from '../../../errors.ts';
import { oneAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { CredentialUpdate } from './schema.ts';
import { ownCredentialOr } from './target.ts';
import { credentialBody, credentialSchema } from './wire.ts';

/** What a credential is for cannot be changed: another user's would be taken over so. */
export const updateCredentialEndpoint = endpoint({
  method: 'PATCH',
  path: '/credentials/{credential_id}',
  summary: 'Give a credential another secret.',
  requires: [],
  body: CredentialUpdate,
  status: 200,
  response: oneAnswer('credential', credentialSchema),
  errors: [
    identityErrors.credentialNotFound,
    identityErrors.fixedMember,
    identityErrors.invalid,
    delegationErrors.delegated,
  ],
  target: ownCredentialOr('identity:credentials:update'),
  handle: async (service, call, credential) => {
    requireWhole(call.actor, 'credentials');
    const { type, blob, user_id: userId, project_id: projectId } = call.body.credential;
    const fixed = { type, user_id: userId, project_id: projectId };
    const known = {
      type: credential.type,
      user_id: credential.userId,
      project_id: credential.projectId,
    };
    for (const member of ['type', 'user_id', 'project_id'] as const) {
      const isOther = fixed[member] !== undefined && fixed[member] !== known[member];
      if (isOther) throw identityErrors.fixedMember({ member });
    }
    if (blob !== undefined) await changeCredential(service, call.actor, credential, blob);
    return { credential: { ...credentialBody(credential, call.root), ...(blob && { blob }) } };
  },
});
