import { Type } from 'typebox';
import { requestErrors } from '#base/errors.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { readQuotaUse } from '#compute/quotas/read.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';
import { limitsWire } from './wire.ts';

const action = 'ecs:limits:get';

export const showLimits = endpoint({
  method: 'GET',
  path: '/limits',
  summary: 'Shows what a project may have and has.',
  requires: [action],
  query: Type.Object({ tenant_id: Type.Optional(Type.String()) }),
  status: 200,
  errors: [computeErrors.projectNeeded, requestErrors.policyRefused],
  handle: async (service, call) => {
    const projectId = requireProject(call.actor, call.query.tenant_id);
    const use = await readQuotaUse(service, projectId);
    // Rates were limited by a part of Nova that is long gone; the member stayed.
    return { limits: { rate: [], absolute: limitsWire.render(use, call.version) } };
  },
});

/** Only administrators may ask for the limits of another project. */
function requireProject(actor: Actor, asked: string | undefined): string {
  const projectId = asked ?? actor.projectId;
  if (projectId === null) throw computeErrors.projectNeeded();
  if (projectId !== actor.projectId && !isAdmin(actor)) {
    throw requestErrors.policyRefused({ action });
  }
  return projectId;
}
