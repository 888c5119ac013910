import { requestErrors } from '#base/errors.ts';
import { type RuledRequest, rulesAllow } from '#policy/access-rules.ts';
import type { Actor } from '#policy/actor.ts';
import type { Endpoint } from './endpoint.ts';
import type { IncomingRequest } from './serve.ts';
import type { Surface } from './surface.ts';

/**
 * Refuses by 401 what no access rule of the token's application credential lets through, as
 * OpenStack's middleware does before a service sees the request. A token may always be looked at.
 */
export function refuseUnruled(
  surface: Surface<unknown>,
  candidates: readonly Endpoint<unknown>[],
  request: IncomingRequest,
  actor: Actor,
): void {
  const { delegation } = actor;
  if (delegation?.kind !== 'application-credential' || !delegation.accessRules) return;
  const path = candidates[0]?.path ?? '';
  const service = serviceOf(surface);
  if (service === 'identity' && request.method === 'GET' && path === '/auth/tokens') return;
  const ruled: RuledRequest = { service, method: request.method, paths: pathsOf(request, path) };
  if (!rulesAllow(delegation.accessRules, ruled)) throw requestErrors.authenticationRequired();
}

/** `compute-v2.1` → `compute`. */
function serviceOf(surface: Surface<unknown>): string {
  return surface.name.split('-')[0] ?? '';
}

/**
 * The address that was found, not the one that was written: as it is, without the mount that other
 * clouds do not have (`/network/v2.0/ports` is their `/v2.0/ports`), and without the project, which
 * is the token's own anyway.
 */
function pathsOf(request: IncomingRequest, pattern: string): string[] {
  const { prefix, params } = request;
  const project = params.project_id_in_path;
  const inner = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const mount = project === undefined ? prefix : prefix.slice(0, -project.length - 1);
  const version = mount.slice(Math.max(mount.lastIndexOf('/'), 0));
  const withProject = project === undefined ? [] : [`/${encodeURIComponent(project)}${inner}`];
  const rests = [inner, ...withProject];
  return [mount, version].flatMap((base) => rests.map((rest) => base + rest));
}
