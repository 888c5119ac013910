import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { isSigned, readSignature } from '#identity/signatures/authorization.ts';
import { canonicalRequests, emptyBodyHash } from '#identity/signatures/canonical.ts';
import { isTimely, signatureMatches } from '#identity/signatures/verify.ts';
import { escapeOnce, signatureHeader, signingDate } from '#test/signing.ts';

/** The example of Huawei's signing guide. */
const published = {
  secret: 'MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc',
  request: {
    method: 'GET',
    url:
      '/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs' +
      '?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0',
    headers: {
      'content-type': 'application/json',
      host: 'service.region.example.com',
      'x-sdk-date': '20191115T033655Z',
      authorization:
        'SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, ' +
        'SignedHeaders=content-type;host;x-sdk-date, ' +
        'Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe',
    },
  },
};

function read(headers: Record<string, string>) {
  const signature = readSignature(headers);
  assert.ok(signature);
  return signature;
}

test('the published example is right, and wrong with another secret', () => {
  const { request, secret } = published;
  const signature = read(request.headers);
  assert.equal(signature.access, 'QTWAOYTTINDUT2QVKYUC');
  assert.equal(signature.dateMs, Date.UTC(2019, 10, 15, 3, 36, 55));
  const [canonical] = canonicalRequests(request, signature.signedHeaders, emptyBodyHash) ?? [];
  assert.equal(
    hash('sha256', canonical ?? '', 'hex'),
    'b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a',
  );
  assert.equal(signatureMatches(signature, request, emptyBodyHash, secret), true);
  assert.equal(signatureMatches(signature, request, emptyBodyHash, `${secret}x`), false);
});

test('a signature is read only where it is written as it must be', () => {
  const { headers } = published.request;
  const { authorization } = headers;
  const bad = [
    authorization.replace('Access=QTWAOYTTINDUT2QVKYUC', 'Access='),
    authorization.replace(' Access', ', Access'),
    authorization.replace('content-type', 'Content-Type'),
    authorization.replace('content-type', 'host'),
    authorization.replace(';x-sdk-date', ''),
    authorization.replace('=7be6', '=7BE6'),
    authorization.replace('=7be6', '=7be'),
    authorization.replace('SignedHeaders=', `SignedHeaders=${'a;'.repeat(70)}`),
    authorization.replace('SignedHeaders=', `SignedHeaders=${'a'.repeat(5000)};`),
    `${authorization} `,
    `${authorization}, Signature=00`,
    authorization.replace('SDK-HMAC', 'V11-HMAC'),
  ];
  for (const text of bad) {
    assert.equal(readSignature({ ...headers, authorization: text }), undefined, text);
  }
  assert.equal(isSigned({ authorization: 'Bearer abc' }), false);
  assert.equal(isSigned({ authorization: 'SDK-HMAC-SHA256' }), true);
});

test('a date is a moment in time, and right within a quarter of an hour', () => {
  const { headers } = published.request;
  for (const date of ['20190231T033655Z', '20191115T243655Z', '20191115T033655', '2019', '']) {
    assert.equal(readSignature({ ...headers, 'x-sdk-date': date }), undefined, date);
  }
  const signature = read(headers);
  const quarterMs = 15 * 60_000;
  assert.equal(isTimely(signature, signature.dateMs + quarterMs), true);
  assert.equal(isTimely(signature, signature.dateMs - quarterMs), true);
  assert.equal(isTimely(signature, signature.dateMs + quarterMs + 1), false);
  assert.equal(isTimely(signature, signature.dateMs - quarterMs - 1), false);
});

const key = { access: 'AK', secret: 'a secret of no worth' };
const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
const text = words.filter((word) => word.isWellFormed());
const segments = fc.array(text, { minLength: 1, maxLength: 4 });
const queries = fc.array(fc.tuple(text, fc.option(text, { nil: '' })), { maxLength: 4 });

/** A request as a client would make it of names, values and a body. */
function requestOf(path: string[], query: [string, string][], body: string, escaped?: boolean) {
  const url = `/${path.map(encodeURIComponent).join('/')}?${new URLSearchParams(query)}`;
  const headers = {
    host: '127.0.0.1:8774',
    'x-project-id': 'p1',
    'x-sdk-date': signingDate(Date.UTC(2026, 0, 1)),
  };
  const once = `/${path.map(escapeOnce).join('/')}`;
  const request = { method: 'POST', url, headers, body };
  const authorization = signatureHeader(key, request, escaped ? once : undefined);
  return { ...request, headers: { ...headers, authorization } };
}

test('whatever is asked, its signature holds, in both ways of escaping the path', () => {
  fc.assert(
    fc.property(segments, queries, fc.string(), fc.boolean(), (path, query, body, escaped) => {
      const request = requestOf(path, query, body, escaped);
      const bodyHash = hash('sha256', body, 'hex');
      assert.equal(signatureMatches(read(request.headers), request, bodyHash, key.secret), true);
    }),
    { numRuns: 300, seed: 1 },
  );
});

test('a signature holds for nothing else than what was signed', () => {
  const changes: ((request: ReturnType<typeof requestOf>) => object)[] = [
    () => ({ method: 'PUT' }),
    ({ url }) => ({ url: url.replace('?', 'x?') }),
    ({ url }) => ({ url: `${url}${url.endsWith('?') ? '' : '&'}more=1` }),
    ({ headers }) => ({ headers: { ...headers, 'x-project-id': 'p2' } }),
    ({ headers }) => ({ headers: { ...headers, host: '127.0.0.1:8775' } }),
    ({ headers }) => ({ headers: { ...headers, 'x-sdk-date': '20260101T000001Z' } }),
    ({ headers }) => ({ headers: { ...headers, 'x-project-id': undefined } }),
  ];
  fc.assert(
    fc.property(segments, queries, fc.nat(changes.length - 1), (path, query, which) => {
      const request = requestOf(path, query, '');
      const other = { ...request, ...changes[which]?.(request) };
      const signature = readSignature(other.headers);
      const holds = signature && signatureMatches(signature, other, emptyBodyHash, key.secret);
      assert.notEqual(holds, true);
    }),
    { numRuns: 300, seed: 1 },
  );
});

test('a body that is another by one bit is not the one that was signed', () => {
  const request = requestOf(['servers'], [], '{"server":{}}');
  const signature = read(request.headers);
  const right = hash('sha256', '{"server":{}}', 'hex');
  assert.equal(signatureMatches(signature, request, right, key.secret), true);
  const wrong = hash('sha256', '{"server":{|', 'hex');
  assert.equal(signatureMatches(signature, request, wrong, key.secret), false);
});

/** The signer inside Huawei's SDK, as it is published. */
interface Signer {
  sign(
    request: {
      endpoint: string;
      method: string;
      queryParams: object;
      headers: object;
      data?: object;
    },
    key: { getAk(): string; getSk(): string },
  ): Record<string, string>;
}

test('what the SDK from npm signs is right, whatever stands in path, query and body', () => {
  const load = createRequire(import.meta.url);
  const loaded = load('@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner');
  const { AKSKSigner: signer } = loaded as { AKSKSigner: Signer };
  const credential = { getAk: () => key.access, getSk: () => key.secret };
  // It sorts names beyond the first plane of Unicode otherwise than its own guide says.
  const names = queries.filter((query) => !/[\ud800-\udfff]/.test(JSON.stringify(query)));
  fc.assert(
    fc.property(segments, names, fc.object({ maxDepth: 1 }), (path, query, data) => {
      const pathname = `/${path.map(encodeURIComponent).join('/')}`;
      const queryParams = Object.fromEntries(query);
      const headers = { 'content-type': 'application/json', 'x-project-id': 'p1' };
      const endpoint = `http://127.0.0.1:8774${pathname}`;
      const signed = signer.sign(
        { endpoint, method: 'POST', queryParams, headers, data },
        credential,
      );
      const sent = Object.entries(signed).map(([name, value]) => [name.toLowerCase(), value]);
      const url = `${pathname}?${new URLSearchParams(queryParams)}`;
      const request = { method: 'POST', url, headers: Object.fromEntries(sent) };
      const bodyHash = hash('sha256', JSON.stringify(data), 'hex');
      assert.equal(signatureMatches(read(request.headers), request, bodyHash, key.secret), true);
    }),
    { numRuns: 200, seed: 1 },
  );
});
