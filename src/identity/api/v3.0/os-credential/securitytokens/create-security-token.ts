import { Type } from 'typebox';
import { delegationErrors } from '#policy/delegation.ts';
import { documentErrors } from '#policy/document-errors.ts';
import { identityErrors } from '../../../../errors.ts';
import { createTemporaryKey } from '../../../../temporary-keys/create.ts';
import { temporaryKeyErrors } from '../../../../temporary-keys/errors.ts';
import { closed, oneAnswer, text } from '../../../answers.ts';
import { endpoint } from '../../../endpoint.ts';
import { isoMicrosZulu } from '../../../v3/times.ts';
import { SecurityTokenRequest, secondsOf } from './schema.ts';

const members = { access: text, secret: text, securitytoken: text, expires_at: text };

export const createSecurityToken = endpoint({
  method: 'POST',
  path: '/OS-CREDENTIAL/securitytokens',
  summary: 'Take a temporary access key from the token or key by which this is asked.',
  requires: [],
  body: SecurityTokenRequest,
  status: 201,
  response: oneAnswer('credential', Type.Object(members, closed)),
  errors: [
    ...Object.values(documentErrors),
    identityErrors.invalid,
    identityErrors.loginRefused,
    identityErrors.methodUnsupported,
    temporaryKeyErrors.agencyNotFound,
    delegationErrors.delegated,
  ],
  handle: async (service, call) => {
    const { methods, assume_role: agency, policy } = call.body.auth.identity;
    if (methods[0] === 'assume_role') {
      throw temporaryKeyErrors.agencyNotFound({ name: agency?.agency_name ?? '' });
    }
    if (methods[0] !== 'token') throw identityErrors.methodUnsupported();
    const seconds = secondsOf(call.body);
    if (seconds === undefined) throw identityErrors.invalid({ reason: outOfBounds });
    const token = call.headers['x-auth-token'];
    const { key, securityToken } = await createTemporaryKey(service, call.actor, {
      token: typeof token === 'string' ? token : undefined,
      seconds,
      policy,
    });
    return {
      credential: {
        access: key.access,
        secret: key.secret,
        securitytoken: securityToken,
        expires_at: isoMicrosZulu(key.expiresMs),
      },
    };
  },
});

const outOfBounds = "Invalid input for field 'duration_seconds': it must be 900 to 86400";
