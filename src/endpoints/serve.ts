import type { Readable } from 'node:stream';
import { ApiError, requestErrors } from '#base/errors.ts';
import type { HttpAnswer, HttpRequest } from '#base/http/route.ts';
import { type Microversion, withinRange } from '#base/microversion.ts';
import { type Actor, actorWithRoles } from '#policy/actor.ts';
import { allow, requireActions, requirePossible, visibleToOwner } from '#policy/engine.ts';
import { type Accounts, noAccounts } from '#policy/things.ts';
import { refuseUnruled } from './access-rules.ts';
import type { AuditTrail } from './audit-trail.ts';
import { audited } from './audited.ts';
import { auditedForAnybody, auditedProof } from './audited-anybody.ts';
import { type Call, type Endpoint, Reply } from './endpoint.ts';
import { endpointErrors } from './errors.ts';
import { type Answered, answerKey, type KeptAnswers } from './kept-answers.ts';
import { negotiateVersion, versionHeaders } from './negotiate.ts';
import { keepLastMentions } from './repeated-query.ts';
import type { InvalidInput, Surface } from './surface.ts';
import { isDecidedByThings, requireForThings } from './things-named.ts';
import { describeLikeNova, type Validation } from './validation.ts';

/** One HTTP request with the address under which it reached us. */
export interface IncomingRequest extends HttpRequest {
  origin: string;
  prefix: string;
}

/**
 * Tells who asks, by token or signature; undefined for a token that is not valid (any more), and
 * where there is neither. A wrong signature is refused in its own words.
 */
export type Authenticate = (request: IncomingRequest) => Promise<Actor | undefined>;

export interface ServeTools {
  authenticate: Authenticate;
  validation: Validation;
  kept: KeptAnswers;
  audit?: AuditTrail | undefined;
  /** Absent: all things are of the account of whoever asks. */
  accounts?: Accounts | undefined;
}

const nobody: Actor = {
  ...actorWithRoles(null, []),
  userId: '',
  userName: '',
  userDomainId: '',
  auditId: '',
};

/**
 * The life of every request, in the order in which it may be refused: version · token · project in
 * the path · which action · version of the endpoint · permission · query and body · target ·
 * permission for that target and all else that is named, where it matters · work.
 * `candidates` are the endpoints of one method and path; more than one only where actions share it.
 */
export async function serve(
  surface: Surface<unknown>,
  candidates: readonly Endpoint<unknown>[],
  request: IncomingRequest,
  tools: ServeTools,
): Promise<HttpAnswer> {
  const version = surface.versioning
    ? negotiateVersion(request.headers, surface.versioning)
    : surface.fixedVersion;
  const { requestIdHeader, versioning } = surface;
  const headers = {
    ...(versioning && versionHeaders(version, versioning)),
    ...(requestIdHeader && { [requestIdHeader]: request.requestId }),
  };
  try {
    const { status, reply } = await answer(surface, candidates, request, version, tools);
    return { status, headers: { ...headers, ...reply.headers }, body: reply.body };
  } catch (error) {
    // A refusal is an answer in that version too, and says so.
    if (error instanceof ApiError) Object.assign(error.headers, { ...headers, ...error.headers });
    throw error;
  }
}

async function answer(
  surface: Surface<unknown>,
  candidates: readonly Endpoint<unknown>[],
  request: IncomingRequest,
  version: Microversion,
  tools: ServeTools,
): Promise<Answered> {
  refuseNul(request);
  const asked = { surface: surface.name, candidates, request };
  const { audit: trail } = tools;
  if (candidates.every((endpoint) => endpoint.public)) {
    return auditedForAnybody(trail, asked, () =>
      permitted(surface, candidates, request, version, nobody, tools),
    );
  }
  const actor = await auditedProof(trail, asked, () => tools.authenticate(request));
  return audited(trail, { ...asked, actor }, async () => {
    refuseUnruled(surface, candidates, request, actor);
    return permitted(surface, candidates, request, version, actor, tools);
  });
}

async function permitted(
  surface: Surface<unknown>,
  candidates: readonly Endpoint<unknown>[],
  request: IncomingRequest,
  version: Microversion,
  actor: Actor,
  tools: ServeTools,
): Promise<Answered> {
  checkPathProject(request, actor);
  const endpoint = chooseEndpoint(candidates, request.body, version);
  const awaitsThings = isDecidedByThings(endpoint, actor);
  if (awaitsThings) requirePossible(actor, endpoint.requires);
  else if (!endpoint.public) requireActions(actor, endpoint.requires);
  checkInput(surface, endpoint, request, version, tools.validation);
  const call = makeCall(surface, request, actor, version);
  // What was decided by single things is decided each time: an answer that is kept asks nobody.
  if (!endpoint.isKept || awaitsThings) return work(surface, endpoint, call, tools);
  const key = answerKey(call, request.path);
  return tools.kept.answer(key, () => work(surface, endpoint, call, tools));
}

async function work(
  surface: Surface<unknown>,
  endpoint: Endpoint<unknown>,
  call: Call<Record<string, string>, unknown, unknown>,
  { accounts = noAccounts }: ServeTools,
): Promise<Answered> {
  const target = await findTarget(surface, endpoint, call);
  await requireForThings(endpoint, surface.service, call, target, accounts);
  const result = await endpoint.handle(surface.service, call, target as never);
  const reply = result instanceof Reply ? result : new Reply(result);
  return { status: reply.status ?? endpoint.status, reply };
}

/** NUL is in no id and in no text of ours, and PostgreSQL refuses to look for it. */
function refuseNul(request: IncomingRequest): void {
  const hasNul = (value: unknown) => String(value).includes('\0');
  if (Object.values(request.params).some(hasNul)) throw requestErrors.pathUnknown();
  if (Object.values(request.query).flat().some(hasNul)) {
    const sentence = 'Invalid query: the character NUL is not accepted.';
    throw requestErrors.invalidInput({ sentence });
  }
}

function checkPathProject(request: IncomingRequest, actor: Actor): void {
  const named = request.params.project_id_in_path;
  if (named === undefined || named === actor.projectId) return;
  throw endpointErrors.projectMismatch({ named, actual: actor.projectId ?? 'None' });
}

function chooseEndpoint(
  candidates: readonly Endpoint<unknown>[],
  body: unknown,
  version: Microversion,
): Endpoint<unknown> {
  const [first] = candidates;
  if (!first) throw requestErrors.pathUnknown();
  if (first.action === undefined) {
    const current = candidates.find((endpoint) => withinRange(version, endpoint));
    if (!current) throw requestErrors.pathUnknown();
    return current;
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw endpointErrors.actionMalformed();
  }
  const names = Object.keys(body);
  const [name] = names;
  if (name === undefined || names.length !== 1) throw endpointErrors.actionMalformed();
  const named = candidates.filter((endpoint) => endpoint.action === name);
  if (named.length === 0) throw endpointErrors.actionUnknown({ name });
  const current = named.find((endpoint) => withinRange(version, endpoint));
  if (!current) throw requestErrors.pathUnknown();
  return current;
}

function checkInput(
  surface: Surface<unknown>,
  endpoint: Endpoint<unknown>,
  request: IncomingRequest,
  version: Microversion,
  validation: Validation,
): void {
  const lenient = surface.lenientBodies ?? false;
  const describe = surface.describeInvalid ?? describeLikeNova;
  const refuse = (problem: InvalidInput | undefined) => {
    if (problem) throw requestErrors.invalidInput({ sentence: describe(problem) });
  };
  const { query } = endpoint;
  if (query) {
    const check = (asked: Record<string, unknown>) =>
      refuse(validation.check('query', query, asked, version, lenient));
    if (surface.lastMentionCounts) keepLastMentions(query, request.query, check);
    check(request.query);
  }
  if (endpoint.body) {
    if (request.body === undefined) throw requestErrors.bodyMalformed({ reason: 'it is empty' });
    refuse(validation.check('body', endpoint.body, request.body, version, lenient));
  }
}

function makeCall(
  surface: Surface<unknown>,
  request: IncomingRequest,
  actor: Actor,
  version: Microversion,
): Call<Record<string, string>, unknown, unknown> {
  return {
    actor,
    params: request.params,
    query: request.query,
    body: request.body,
    version,
    surface: surface.name,
    requestId: request.requestId,
    origin: request.origin,
    root: request.origin + request.prefix,
    headers: request.headers,
    address: request.remoteAddress,
    stream: request.body as Readable,
    get signal() {
      return request.signal;
    },
  };
}

async function findTarget(
  surface: Surface<unknown>,
  endpoint: Endpoint<unknown>,
  call: Call<Record<string, string>, unknown, unknown>,
): Promise<unknown> {
  if (!endpoint.target) return undefined;
  const found = await endpoint.target.find(surface.service, call);
  const visible = endpoint.target.visible ?? (visibleToOwner as never);
  const allowed = found === undefined ? undefined : allow(call.actor, found, visible);
  if (allowed === undefined) throw endpoint.target.absent(call);
  return allowed;
}
