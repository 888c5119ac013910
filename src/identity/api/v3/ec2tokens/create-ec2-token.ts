import { Type } from 'typebox';
import { Reply } from '#endpoints/endpoint.ts';
import { logInByEc2 } from '../../../ec2/log-in.ts';
import { catalogFor } from '../../../endpoint-filter/filtered.ts';
import { identityErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { tokenAnswer, tokenBody } from '../auth/wire.ts';
import { bodyWithProof, proofIn } from './proof.ts';

const texts = Type.Record(Type.String(), Type.String());

const Signed = Type.Object({
  access: Type.String({ pattern: '^[^\\u0000]*$' }),
  signature: Type.String(),
  verb: Type.String(),
  host: Type.String(),
  path: Type.String(),
  params: Type.Optional(texts),
  headers: Type.Optional(texts),
  body_hash: Type.Optional(Type.String()),
});

/** As Keystone has it since whoever saw a signed request could log in with it: for services. */
export const createEc2Token = endpoint({
  method: 'POST',
  path: '/ec2tokens',
  summary: 'A token for whoever signed a request by an EC2 key, for the service that received it.',
  requires: ['identity:ec2Tokens:create'],
  body: bodyWithProof(Signed),
  status: 200,
  response: tokenAnswer,
  errors: [identityErrors.loginRefused, identityErrors.invalid],
  handle: async (service, call) => {
    const signed = proofIn(call.body);
    const { access, params = {}, headers = {}, body_hash: bodyHash = '', ...rest } = signed;
    const request = { ...rest, params, headers, bodyHash };
    const { token, secret } = await logInByEc2(service, access, request);
    const body = { token: tokenBody(token, await catalogFor(service, token.projectId)) };
    return new Reply(body, { headers: { 'x-subject-token': secret, vary: 'X-Auth-Token' } });
  },
});
