import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import type { Clock } from '#base/clock.ts';
import { limits } from '#base/limits.ts';

interface Issuer {
  keys: ReturnType<typeof createRemoteJWKSet>;
  readUntilMs: number;
}

/** Signatures by a key that the issuer publishes; none by a secret that clients share with it. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA'],
];

/** Verifies tokens of OpenID providers by the keys that these publish. */
export class Issuers {
  #clock: Clock;
  #known = new Map<string, Issuer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * The claims of a token that the issuer signed, for one of the audiences, and that is not
   * expired. Only issuers that an administrator named are ever asked. Throws for all others.
   */
  async verify(token: string, issuer: string, audiences: readonly string[]): Promise<JWTPayload> {
    const { keys } = await this.#find(issuer);
    const verified = await jwtVerify(token, keys, {
      issuer,
      audience: [...audiences],
      algorithms,
      currentDate: new Date(this.#clock.nowMs()),
      requiredClaims: ['iss', 'aud', 'exp', 'sub'],
    });
    return verified.payload;
  }

  async #find(issuer: string): Promise<Issuer> {
    const nowMs = this.#clock.nowMs();
    const known = this.#known.get(issuer);
    if (known && known.readUntilMs > nowMs) return known;
    const read = await discover(issuer, nowMs);
    this.#known.set(issuer, read);
    return read;
  }
}

/** Reads the provider's own description of itself, which must be of that issuer. */
async function discover(issuer: string, nowMs: number): Promise<Issuer> {
  const url = safeUrl(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const signal = AbortSignal.timeout(limits.issuerTimeoutMs);
  const response = await fetch(url, { signal, redirect: 'error' });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  const described = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (described.issuer !== issuer) throw new Error(`${url} describes another issuer`);
  const keys = createRemoteJWKSet(safeUrl(String(described.jwks_uri)), {
    timeoutDuration: limits.issuerTimeoutMs,
  });
  return { keys, readUntilMs: nowMs + limits.issuerDescriptionMs };
}

const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/** Keys that come in the open could be anybody's, except within this machine. */
function safeUrl(text: string): URL {
  const url = new URL(text);
  if (url.protocol === 'https:') return url;
  if (url.protocol === 'http:' && loopback.includes(url.hostname)) return url;
  throw new Error(`${url.origin} is not asked without TLS`);
}
