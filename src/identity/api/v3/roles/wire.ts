import { Type } from 'typebox';
import { findSystemPolicy } from '#policy/system-policies.ts';
import type { InferenceRule } from '../../../roles/list.ts';
import type { Role } from '../../../roles/role.ts';
import { closed, links, options, text, textOrNull } from '../../answers.ts';

/** With whatever else its maker gave it. */
export const roleSchema = Type.Object({
  id: text,
  name: text,
  domain_id: textOrNull,
  description: textOrNull,
  options,
  links,
});

const brief = Type.Object({ id: text, name: text, description: textOrNull, links }, closed);

export const inferenceSchema = Type.Object(
  { prior_role: brief, implies: Type.Array(brief) },
  closed,
);

export const impliedAnswer = Type.Object(
  { role_inference: Type.Object({ prior_role: brief, implies: brief }, closed), links },
  closed,
);

export function roleBody(role: Role, root: string): Record<string, unknown> {
  return {
    ...role.extra,
    id: role.id,
    name: role.name,
    domain_id: role.domainId,
    description: role.description,
    options: role.options,
    ...policyMembers(role),
    links: { self: `${root}/roles/${role.id}` },
  };
}

/** What Huawei's clients read of a role that grants something. */
function policyMembers({ systemPolicy, customPolicy }: Role): Record<string, unknown> {
  if (customPolicy) {
    const { displayName, type, descriptionCn, document, createdMs, updatedMs } = customPolicy;
    return {
      display_name: displayName,
      type,
      catalog: 'CUSTOMED',
      description_cn: descriptionCn,
      policy: document,
      created_time: String(createdMs),
      updated_time: String(updatedMs),
    };
  }
  const system = systemPolicy === null ? undefined : findSystemPolicy(systemPolicy);
  if (!system) return {};
  const { displayName, type, catalog, document } = system;
  const flag = document.Version === '1.1' ? { flag: 'fine_grained' } : {};
  return { display_name: displayName, type, catalog, ...flag, policy: document };
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
