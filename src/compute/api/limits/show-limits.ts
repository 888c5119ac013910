import { Type } from 'typebox';
import { requestErrors } from '#base/errors.ts';
import { closedSince } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { knownQuery } from '#compute/api/known-query.ts';
import { computeErrors } from '#compute/errors.ts';
import { readQuotaUse } from '#compute/quotas/read.ts';
import type { ComputeService } from '#compute/service.ts';
import { type Actor, isAdmin } from '#policy/actor.ts';
import { type LimitsView, limitsWire } from './wire.ts';

const action = 'ecs:limits:get';
const closed = { additionalProperties: false };

/** Nothing is ever only reserved, so that `reserved` adds nothing. */
const query = closedSince('2.75', {
  tenant_id: Type.Optional(Type.String()),
  reserved: Type.Optional(Type.String()),
});

export const showLimits = endpoint({
  method: 'GET',
  path: '/limits',
  summary: 'Shows what a project may have and has.',
  requires: [action],
  query,
  status: 200,
  isKept: true,
  response: Type.Object(
    {
      limits: Type.Object(
        { rate: Type.Array(Type.Unknown(), { maxItems: 0 }), absolute: limitsWire.schema },
        closed,
      ),
    },
    closed,
  ),
  errors: [computeErrors.projectNeeded, requestErrors.policyRefused],
  handle: async (service, call) => {
    const projectId = requireProject(call.actor, knownQuery(query, call).tenant_id);
    const own = await readQuotaUse(service, { projectId });
    const use = call.surface === 'compute-v2' ? await withNetworks(service, projectId, own) : own;
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

/** The 2017 reference (15.1) counts these, too; Nova leaves them to the network service. */
async function withNetworks(
  service: ComputeService,
  projectId: string,
  { quota, usage }: LimitsView,
): Promise<LimitsView> {
  const networks = await service.networks.proxies.quotaUsage(projectId);
  const { floatingip: floatingIps, security_group: groups, security_group_rule: rules } = networks;
  return {
    quota: {
      ...quota,
      floating_ips: floatingIps.limit,
      security_groups: groups.limit,
      security_group_rules: rules.limit,
    },
    usage: { ...usage, floating_ips: floatingIps.used, security_groups: groups.used },
  };
}
