import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import type { Asked } from '#compute/servers/act.ts';
import type { Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import type { Allowed } from '#policy/engine.ts';
import { serverTarget } from '../target.ts';

export interface BareAction {
  /** The member of the body, whose value says nothing: `{"pause": null}`. */
  name: string;
  summary: string;
  requires: readonly string[];
  since?: string;
  /** The value must be null; of the older actions Nova takes any. */
  isNullOnly?: boolean;
  errors?: NonNullable<Endpoint<ComputeService>['errors']>;
  verb(service: ComputeService, asked: Asked, server: Allowed<Server>): Promise<void>;
}

/** An action that is asked for by its name alone, and answered with 202 before it has begun. */
export function bareAction(action: BareAction): Endpoint<ComputeService> {
  const { name, summary, requires, since, isNullOnly = false, errors = [], verb } = action;
  const value = isNullOnly ? Type.Null() : Type.Unknown();
  return endpoint({
    method: 'POST',
    path: '/servers/{server_id}/action',
    action: name,
    summary,
    requires,
    ...(since !== undefined && { since }),
    target: serverTarget,
    body: Type.Object({ [name]: value }, { additionalProperties: false }),
    status: 202,
    errors: [computeErrors.invalidState, computeErrors.locked, ...errors],
    handle: (service, call, server) => verb(service, call, server),
  });
}
