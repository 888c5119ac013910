import type { Actor } from '#policy/actor.ts';
import { actorOfKey, type KeyScope } from '../access-keys/actor-of-key.ts';
import { findSigner } from '../access-keys/signers.ts';
import type { IdentityContext } from '../context.ts';
import { actorOfTemporaryKey } from '../temporary-keys/actor-of-temporary-key.ts';
import { findTemporarySigner } from '../temporary-keys/signer.ts';
import { type Headers, readSignature, type Signature } from './authorization.ts';
import { type SignedBody, signedBodyHash } from './body-hash.ts';
import type { SignedRequest } from './canonical.ts';
import { signatureErrors } from './errors.ts';
import { claimSignature } from './store.ts';
import { isTimely, signatureMatches } from './verify.ts';

/** A request that claims to be signed. */
export interface RequestToVerify extends SignedRequest, SignedBody {
  params: Readonly<Record<string, string>>;
}

/** These decide for what a signature counts, so they are part of what is signed. */
const deciding = ['x-project-id', 'x-domain-id', 'x-security-token'];

/** Stands in for the secret of a key that is not there, so that refusing takes as long. */
const noSecret = '0'.repeat(40);

/** Who signed the request. Throws the refusals of Huawei's gateway, all of them 401. */
export async function authenticateSigned(
  context: IdentityContext,
  request: RequestToVerify,
): Promise<Actor> {
  const nowMs = context.clock.nowMs();
  const signature = readSignature(request.headers);
  if (!signature) throw signatureErrors.wrong();
  if (context.signatures.wrong.isLocked(signature.access, nowMs)) throw signatureErrors.locked();
  if (!isTimely(signature, nowMs)) throw signatureErrors.expired();
  for (const name of deciding) {
    const isSigned = signature.signedHeaders.includes(name);
    if (request.headers[name] !== undefined && !isSigned) throw signatureErrors.unsigned({ name });
  }
  // Such a token makes a key temporary, and no permanent one is looked for beside it.
  const securityToken = request.headers['x-security-token'];
  const temporary = findTemporarySigner(context, signature.access, securityToken);
  const isPermanent = securityToken === undefined;
  const signer = isPermanent ? await findSigner(context, signature.access) : temporary;
  const bodyHash = await signedBodyHash(request);
  const secret = signer?.secret ?? noSecret;
  const isRight = bodyHash !== undefined && signatureMatches(signature, request, bodyHash, secret);
  if (!signer || !isRight) {
    context.signatures.wrong.add(signature.access, nowMs);
    context.peers.mention(['wrongly-signed', signature.access]);
    throw signatureErrors.wrong();
  }
  context.signatures.wrong.forget(signature.access);
  if (temporary && temporary.expiresMs <= nowMs) throw signatureErrors.tokenExpired();
  const scope = scopeOf(request);
  const actor = temporary
    ? await actorOfTemporaryKey(context, temporary, scope)
    : await actorOfKey(context, signer, scope);
  if (!actor) throw signatureErrors.withoutRights();
  await refuseRepetition(context, request, signature, actor, nowMs);
  if (!temporary) context.keyUses.note(signer.access, nowMs);
  return actor;
}

/** The project that a header names, else the one in the path, else the domain of a header. */
function scopeOf(request: RequestToVerify): KeyScope {
  const projectId =
    headerOf(request.headers, 'x-project-id') ?? request.params.project_id_in_path ?? null;
  const domainId = projectId === null ? headerOf(request.headers, 'x-domain-id') : undefined;
  return { projectId, domainId: domainId ?? null };
}

function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What only looks may be asked as often as anybody likes; what changes something only once. */
async function refuseRepetition(
  context: IdentityContext,
  request: SignedRequest,
  { value, dateMs }: Signature,
  actor: Actor,
  nowMs: number,
): Promise<void> {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const isNewHere = context.signatures.used.use(actor.userId, value, dateMs, nowMs);
  if (!isNewHere || !(await isNewElsewhere(context, value, dateMs))) {
    throw signatureErrors.repeated();
  }
}

/** Of two processes that see the same signature at once, one is first. */
async function isNewElsewhere(
  { peers, database }: IdentityContext,
  value: string,
  dateMs: number,
): Promise<boolean> {
  return !peers.isShared || database.note((tx) => claimSignature(tx, value, dateMs));
}
