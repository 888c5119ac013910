import { type Static, Type } from 'typebox';
import type { NewRule } from '../../../security-group-rules/create.ts';
import { Id, Name, owner } from '../../values.ts';

const closed = { additionalProperties: false };
const orNull = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Optional(Type.Union([schema, Type.Null()]));
const NumberOrText = Type.Union([Type.Integer(), Type.String({ maxLength: 32 })]);

export const CreateRuleBody = Type.Object(
  {
    security_group_rule: Type.Object(
      {
        ...owner,
        security_group_id: Id,
        direction: Type.Union([Type.Literal('ingress'), Type.Literal('egress')]),
        ethertype: orNull(Type.String({ maxLength: 32 })),
        protocol: orNull(NumberOrText),
        port_range_min: orNull(NumberOrText),
        port_range_max: orNull(NumberOrText),
        remote_group_id: orNull(Id),
        remote_ip_prefix: orNull(Type.String({ maxLength: 64 })),
        remote_address_group_id: Type.Optional(Type.Null()),
        description: Type.Optional(Name),
      },
      closed,
    ),
  },
  closed,
);

export function readRule(body: Static<typeof CreateRuleBody>['security_group_rule']): NewRule {
  return {
    securityGroupId: body.security_group_id,
    direction: body.direction,
    ethertype: body.ethertype,
    protocol: body.protocol,
    portRangeMin: body.port_range_min,
    portRangeMax: body.port_range_max,
    remoteGroupId: body.remote_group_id,
    remoteIpPrefix: body.remote_ip_prefix,
    description: body.description,
  };
}
