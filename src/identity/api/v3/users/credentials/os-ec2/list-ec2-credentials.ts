import { listEc2Credentials } from '../../../../../ec2/list.ts';
import { identityErrors } from '../../../../../errors.ts';
import { listAnswer } from '../../../../answers.ts';
import { endpoint } from '../../../../endpoint.ts';
import { wholeListBody } from '../../../lists.ts';
import { oneselfOr } from '../../target.ts';
import { ec2Body, ec2Schema } from './wire.ts';

export const listEc2CredentialsEndpoint = endpoint({
  method: 'GET',
  path: '/users/{user_id}/credentials/OS-EC2',
  summary: 'List the pairs of EC2 keys of a user; only the owner sees the secrets.',
  requires: [],
  status: 200,
  response: listAnswer('credentials', ec2Schema),
  errors: [identityErrors.userNotFound],
  target: oneselfOr('identity:credentials:list'),
  handle: async (service, call, user) => {
    const found = await listEc2Credentials(service, user);
    const bodies = found.map((credential) => ec2Body(credential, call));
    const path = `/users/${user.id}/credentials/OS-EC2`;
    return wholeListBody(call, path, 'credentials', bodies);
  },
});
