import { usedAtMs } from '../../../../access-keys/uses.ts';
import { identityErrors } from '../../../../errors.ts';
import { endpoint } from '../../../endpoint.ts';
import { isoMicrosZulu } from '../../../v3/times.ts';
import { ownKeyOr } from './target.ts';
import { accessKeyBody, usedAccessKeyAnswer } from './wire.ts';

/** A key that was never used has the time at which it was made, as Huawei has it. */
export const showAccessKey = endpoint({
  method: 'GET',
  path: '/OS-CREDENTIAL/credentials/{access_key}',
  summary: 'Show a permanent access key and when it was last used.',
  requires: [],
  status: 200,
  response: usedAccessKeyAnswer,
  errors: [identityErrors.accessKeyNotFound],
  target: ownKeyOr('identity:accessKeys:get'),
  handle: async (service, _call, key) => {
    const usedMs = usedAtMs(service, key) ?? key.createdMs;
    return { credential: { ...accessKeyBody(key), last_use_time: isoMicrosZulu(usedMs) } };
  },
});
