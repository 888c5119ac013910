import { type Static, Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Actor } from '#policy/actor.ts';
import { visibleToOwner } from '#policy/engine.ts';
import { absentGroup, groupErrors } from '../os-security-groups/errors.ts';
import { anyVersion, ruleAnswer, ruleWire } from '../os-security-groups/wire.ts';
import { readPorts } from './read-rule.ts';

const closed = { additionalProperties: false };
const text = Type.String({ maxLength: 255, pattern: '^[^\\u0000]*$' });
const textOrNull = Type.Optional(Type.Union([text, Type.Null()]));
const port = Type.Optional(Type.Union([Type.Integer(), text, Type.Null()]));

const body = Type.Object(
  {
    security_group_rule: Type.Object(
      {
        parent_group_id: text,
        ip_protocol: textOrNull,
        from_port: port,
        to_port: port,
        cidr: textOrNull,
        group_id: textOrNull,
      },
      closed,
    ),
  },
  closed,
);

export const createRule = endpoint({
  method: 'POST',
  path: '/os-security-group-rules',
  until: '2.35',
  summary: 'Lets more into the members of a security group.',
  requires: ['vpc:securityGroupRules:create'],
  body,
  status: 200,
  response: ruleAnswer,
  errors: [groupErrors.notFound, groupErrors.ruleIncomplete, groupErrors.portRangeInvalid],
  names: {
    types: ['securityGroup'],
    find: (service, { actor, body: { security_group_rule: asked } }) =>
      service.networks.thingsNamed(actor, {
        securityGroup: [asked.parent_group_id, asked.group_id],
      }),
  },
  handle: async (service, call) => {
    const view = await create(service, call.actor, call.body.security_group_rule);
    // The 2017 reference has the answer's group always empty.
    const shown = call.surface === 'compute-v2' ? { ...view, remoteGroup: undefined } : view;
    return { security_group_rule: ruleWire.render(shown, anyVersion, null) };
  },
});

async function create(
  service: ComputeService,
  actor: Actor,
  asked: Static<typeof body>['security_group_rule'],
) {
  await requireGroup(service, actor, asked.parent_group_id);
  const remoteGroup = asked.group_id
    ? await requireGroup(service, actor, asked.group_id)
    : undefined;
  const { protocol, from, to } = readPorts(asked, remoteGroup !== undefined);
  const cidr = asked.cidr || '0.0.0.0/0';
  if (!remoteGroup && /\/0+$/.test(cidr) && !/^(0\.0\.0\.0|::)\//.test(cidr)) {
    throw groupErrors.prefixInvalid({ cidr });
  }
  const rule = await service.networks.proxies.groups.createRule(actor, {
    securityGroupId: asked.parent_group_id,
    direction: 'ingress',
    ethertype: !remoteGroup && cidr.includes(':') ? 'IPv6' : 'IPv4',
    protocol,
    portRangeMin: from,
    portRangeMax: to,
    remoteGroupId: remoteGroup?.id,
    remoteIpPrefix: remoteGroup ? undefined : cidr,
  });
  return { rule, remoteGroup };
}

async function requireGroup(service: ComputeService, actor: Actor, id: string) {
  const group = await service.networks.proxies.groups.find(id);
  if (!group || !visibleToOwner(actor, group)) throw absentGroup(id);
  return group;
}
