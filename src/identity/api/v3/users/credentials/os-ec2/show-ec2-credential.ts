import { identityErrors } from '../../../../../errors.ts';
import { oneAnswer } from '../../../../answers.ts';
import { endpoint } from '../../../../endpoint.ts';
import { ec2CredentialOr } from './target.ts';
import { ec2Body, ec2Schema } from './wire.ts';

export const showEc2Credential = endpoint({
  method: 'GET',
  path: '/users/{user_id}/credentials/OS-EC2/{credential_id}',
  summary: 'Show a pair of EC2 keys; only its owner sees the secret.',
  requires: [],
  status: 200,
  response: oneAnswer('credential', ec2Schema),
  errors: [identityErrors.credentialNotFound],
  target: ec2CredentialOr('identity:credentials:get'),
  handle: async (_service, call, credential) => ({ credential: ec2Body(credential, call) }),
});
