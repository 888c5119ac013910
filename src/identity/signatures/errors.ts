import { defineError } from '#base/errors.ts';

function incorrect<Facts = void>(reason: (facts: Facts) => string) {
  return defineError<Facts>({
    code: 'APIGW.0301',
    kind: 'unauthorized',
    message: (facts) => `Incorrect IAM authentication information: ${reason(facts)}`,
  });
}

/** Refusals of signed requests, in the words of Huawei's gateway where it has any. */
export const signatureErrors = {
  /** Wrong key, wrong secret, changed on its way: which of them is nobody's to know. */
  wrong: incorrect(() => 'verify aksk signature fail'),
  expired: incorrect(() => 'verify aksk signature fail, signature expired'),
  tokenExpired: incorrect(() => 'verify aksk signature fail, the security token has expired'),
  locked: incorrect(() => 'AK access failed to reach the limit,forbidden'),
  unsigned: incorrect<{ name: string }>(
    ({ name }) => `verify aksk signature fail, the header ${name} must be signed`,
  ),
  streamUnhashed: incorrect(
    () =>
      'verify aksk signature fail, a body that is not JSON needs the header ' +
      'x-sdk-content-sha256 with its SHA-256 or UNSIGNED-PAYLOAD',
  ),
  repeated: incorrect(() => 'this signature was used before; sign the request anew'),
  withoutRights: incorrect(() => 'the key is not active or opens nothing in this scope'),
};
