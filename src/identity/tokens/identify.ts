import type { Actor } from '#policy/actor.ts';
import type { IdentityContext } from '../context.ts';
import { authenticateSigned, type RequestToVerify } from '../signatures/authenticate.ts';
import { isSigned } from '../signatures/authorization.ts';
import { authenticate } from './authenticate.ts';

export type RequestToIdentify = RequestToVerify;

/** A signature is looked at first: a wrong one is refused even beside a good token. */
export async function identify(
  context: IdentityContext,
  request: RequestToIdentify,
): Promise<Actor | undefined> {
  if (isSigned(request.headers)) return authenticateSigned(context, request);
  const token = request.headers['x-auth-token'] ?? bearerOf(request.headers.authorization);
  return typeof token === 'string' ? authenticate(context, token) : undefined;
}

/** Where clients of OAuth 2.0 have their token. */
function bearerOf(header: string | string[] | undefined): string | undefined {
  return /^bearer +([\w-]+)$/i.exec(String(header ?? ''))?.[1];
}
