import { Type } from 'typebox';
import { identifyByS3 } from '../../../ec2/log-in.ts';
import { catalogFor } from '../../../endpoint-filter/filtered.ts';
import { identityErrors } from '../../../errors.ts';
import { endpoint } from '../../endpoint.ts';
import { tokenAnswer, tokenBody } from '../auth/wire.ts';
import { bodyWithProof, proofIn } from '../ec2tokens/proof.ts';
import { noNul } from '../schemas.ts';

const Signed = Type.Object({
  access: Type.String({ pattern: noNul }),
  signature: Type.String(),
  /** What was signed, in Base64 of either alphabet. */
  token: Type.String({ maxLength: 64 * 1024 }),
});

/** The answer has no token in its header, as with Keystone: it says who signed. */
export const createS3Token = endpoint({
  method: 'POST',
  path: '/s3tokens',
  summary: 'Who signed a request to an object store by an EC2 key, for the store that received it.',
  requires: ['identity:ec2Tokens:create'],
  body: bodyWithProof(Signed),
  status: 200,
  response: tokenAnswer,
  errors: [identityErrors.loginRefused, identityErrors.invalid],
  handle: async (service, call) => {
    const { access, signature, token: text } = proofIn(call.body);
    // Node reads both alphabets by this name.
    const signed = Buffer.from(text, 'base64url');
    const token = await identifyByS3(service, access, { signed, signature });
    return { token: tokenBody(token, await catalogFor(service, token.projectId)) };
  },
});
