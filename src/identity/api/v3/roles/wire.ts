import type { InferenceRule } from '../../../roles/list.ts';
import type { Role } from '../../../roles/role.ts';

export function roleBody(role: Role, root: string): Record<string, unknown> {
  return {
    ...role.extra,
    id: role.id,
    name: role.name,
    domain_id: role.domainId,
    description: role.description,
    options: role.options,
    links: { self: `${root}/roles/${role.id}` },
  };
}

/** How roles are named inside inference rules. */
function briefBody(role: Role, root: string): Record<string, unknown> {
  return {
    id: role.id,
    name: role.name,
    description: role.description,
    links: { self: `${root}/roles/${role.id}` },
  };
}

export function inferenceBody(rule: InferenceRule, root: string): Record<string, unknown> {
  return {
    prior_role: briefBody(rule.prior, root),
    implies: rule.implied.map((role) => briefBody(role, root)),
  };
}

export function impliedBody(prior: Role, implied: Role, root: string): Record<string, unknown> {
  return {
    role_inference: {
      prior_role: briefBody(prior, root),
      implies: briefBody(implied, root),
    },
    links: { self: `${root}/roles/${prior.id}/implies/${implied.id}` },
  };
}
