import { Type } from 'typebox';
import type { PolicyView } from '../../../../policies/read.ts';
import { closed, text, textOrNull } from '../../../answers.ts';

export const policyRoleSchema = Type.Object(
  {
    id: text,
    name: text,
    display_name: text,
    type: Type.Union([Type.Literal('AX'), Type.Literal('XA')]),
    catalog: Type.Literal('CUSTOMED'),
    description: textOrNull,
    description_cn: textOrNull,
    domain_id: text,
    policy: Type.Object({}, { additionalProperties: true }),
    links: Type.Object({ self: text }, closed),
    references: Type.Integer(),
    created_time: text,
    updated_time: text,
  },
  closed,
);

/** Times are milliseconds since 1970, as text. */
export function policyRoleBody({ role, references }: PolicyView, origin: string) {
  const { customPolicy } = role;
  return {
    id: role.id,
    name: role.name,
    display_name: customPolicy.displayName,
    type: customPolicy.type,
    catalog: 'CUSTOMED',
    description: role.description,
    description_cn: customPolicy.descriptionCn,
    domain_id: role.domainId,
    policy: customPolicy.document,
    links: { self: `${origin}/v3/roles/${role.id}` },
    references,
    created_time: String(customPolicy.createdMs),
    updated_time: String(customPolicy.updatedMs),
  };
}
