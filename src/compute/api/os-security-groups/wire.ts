import { Type } from 'typebox';
import type { ComputeService } from '#compute/service.ts';
import { Wire } from '#endpoints/wire.ts';
import type { SecurityGroup, SecurityGroupRule } from '#network/service.ts';

const text = Type.String();
const closed = { additionalProperties: false };
const port = Type.Union([Type.Integer(), Type.Null()]);

/** A rule with the group that it names as the other side, if that still exists. */
export interface RuleView {
  rule: SecurityGroupRule;
  remoteGroup: { name: string; projectId: string } | undefined;
}

export const ruleWire = new Wire<RuleView, null>([
  { name: 'id', schema: text, value: ({ rule }) => rule.id },
  { name: 'parent_group_id', schema: text, value: ({ rule }) => rule.securityGroupId },
  {
    name: 'ip_protocol',
    schema: Type.Union([text, Type.Null()]),
    value: ({ rule }) => rule.protocol,
  },
  { name: 'from_port', schema: port, value: ({ rule }) => portsOf(rule)[0] },
  { name: 'to_port', schema: port, value: ({ rule }) => portsOf(rule)[1] },
  {
    name: 'group',
    schema: Type.Union([
      Type.Object({}, closed),
      Type.Object({ name: text, tenant_id: text }, closed),
    ]),
    value: ({ remoteGroup: group }) =>
      group ? { name: group.name, tenant_id: group.projectId } : {},
  },
  {
    name: 'ip_range',
    schema: Type.Union([Type.Object({}, closed), Type.Object({ cidr: text }, closed)]),
    value: ({ rule }) => (rule.remoteGroupId === null ? { cidr: cidrOf(rule) } : {}),
  },
]);

/** Old clients know no rule without ports where the protocol has some: all of them, then. */
function portsOf(rule: SecurityGroupRule): [number | null, number | null] {
  const { protocol, portRangeMin: from, portRangeMax: to } = rule;
  if (protocol === null || from !== null) return [from, to ?? (isIcmp(protocol) ? -1 : to)];
  return ['tcp', 'udp'].includes(protocol) ? [1, 65_535] : [-1, -1];
}

function isIcmp(protocol: string | null): boolean {
  return protocol !== null && ['icmp', 'icmpv6', 'ipv6-icmp', '1', '58'].includes(protocol);
}

function cidrOf(rule: SecurityGroupRule): string {
  return rule.remoteIpPrefix ?? (rule.ethertype === 'IPv6' ? '::/0' : '0.0.0.0/0');
}

interface GroupView {
  group: SecurityGroup;
  rules: readonly RuleView[];
}

export const groupWire = new Wire<GroupView, null>([
  { name: 'id', schema: text, value: ({ group }) => group.id },
  { name: 'description', schema: text, value: ({ group }) => group.description },
  { name: 'name', schema: text, value: ({ group }) => group.name },
  { name: 'tenant_id', schema: text, value: ({ group }) => group.projectId },
  {
    name: 'rules',
    schema: Type.Array(ruleWire.schema),
    value: ({ rules }) => rules.map((rule) => ruleWire.render(rule, anyVersion, null)),
  },
]);

/** No field of these comes or goes with a version. */
export const anyVersion = { major: 2, minor: 1 };

export const groupAnswer = Type.Object({ security_group: groupWire.schema }, closed);
export const groupsAnswer = Type.Object({ security_groups: Type.Array(groupWire.schema) }, closed);
export const ruleAnswer = Type.Object({ security_group_rule: ruleWire.schema }, closed);

/** Groups as compute shows them: what comes in, and nothing of what goes out. */
export async function renderGroups(
  service: ComputeService,
  groups: readonly SecurityGroup[],
): Promise<object[]> {
  const incoming = groups.flatMap((group) => group.rules).filter(isIngress);
  const remoteIds = new Set(incoming.flatMap((rule) => rule.remoteGroupId ?? []));
  const remotes = await service.networks.proxies.groups.findAll([...remoteIds]);
  const byId = new Map(remotes.map((group) => [group.id, group]));
  return groups.map((group) => {
    const rules = group.rules.filter(isIngress).map((rule) => ({
      rule,
      remoteGroup: byId.get(rule.remoteGroupId ?? ''),
    }));
    return groupWire.render({ group, rules }, anyVersion, null);
  });
}

export async function renderGroup(service: ComputeService, group: SecurityGroup) {
  const [rendered] = await renderGroups(service, [group]);
  return { security_group: rendered };
}

function isIngress(rule: SecurityGroupRule): boolean {
  return rule.direction === 'ingress';
}
