import { Type } from 'typebox';
import { requestErrors } from '#base/errors.ts';
import { delegationErrors } from '#policy/delegation.ts';
import { requireOwner } from '../../../../../credentials/write.ts';
import { createEc2Credential } from '../../../../../ec2/create.ts';
import { identityErrors } from '../../../../../errors.ts';
import { oneAnswer } from '../../../../answers.ts';
import { endpoint } from '../../../../endpoint.ts';
import { Id } from '../../../schemas.ts';
import { oneselfOr } from '../../target.ts';
import { ec2Body, ec2Schema } from './wire.ts';

export const createEc2CredentialEndpoint = endpoint({
  method: 'POST',
  path: '/users/{user_id}/credentials/OS-EC2',
  summary: 'Create a pair of EC2 keys for a project.',
  requires: [],
  body: Type.Object({ tenant_id: Id }),
  status: 201,
  response: oneAnswer('credential', ec2Schema),
  errors: [
    identityErrors.userNotFound,
    identityErrors.projectNotFound,
    identityErrors.credentialLimit,
    requestErrors.policyRefused,
    delegationErrors.delegated,
  ],
  target: oneselfOr('identity:credentials:list'),
  handle: async (service, call, user) => {
    requireOwner(call.actor, user.id, 'identity:credentials:create');
    const projectId = call.body.tenant_id;
    const made = await createEc2Credential(service, call.actor, user, projectId);
    const { access, secret } = made;
    return { credential: ec2Body({ userId: user.id, projectId, access, secret }, call) };
  },
});
