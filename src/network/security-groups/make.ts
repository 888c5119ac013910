import type { Queries } from '#db/database.ts';
import type { NetworkContext } from '../context.ts';
import { type Flow, meaningOf } from '../security-group-rules/rule.ts';
import { insertRules } from '../security-group-rules/store.ts';
import { newStandardRow } from '../standard.ts';
import { defaultGroupName } from './security-group.ts';
import { defaultGroupId, insertGroup } from './store.ts';

type Tools = Pick<NetworkContext, 'ids' | 'clock'>;

const anything: Omit<Flow, 'direction' | 'ethertype' | 'remoteGroupId'> = {
  protocol: null,
  portRangeMin: null,
  portRangeMax: null,
  remoteIpPrefix: null,
  normalizedCidr: null,
};

/** Every new group lets its members speak to anyone. */
function egressFlows(): Flow[] {
  return [
    { ...anything, direction: 'egress', ethertype: 'IPv4', remoteGroupId: null },
    { ...anything, direction: 'egress', ethertype: 'IPv6', remoteGroupId: null },
  ];
}

/** The default group also lets its members speak to each other. */
function memberFlows(groupId: string): Flow[] {
  return [
    { ...anything, direction: 'ingress', ethertype: 'IPv4', remoteGroupId: groupId },
    { ...anything, direction: 'ingress', ethertype: 'IPv6', remoteGroupId: groupId },
  ];
}

export async function makeGroup(
  tools: Tools,
  tx: Queries,
  wanted: { projectId: string; name: string; description: string; stateful: boolean },
  isDefault: boolean,
): Promise<string> {
  const id = tools.ids.uuid();
  const nowMs = tools.clock.nowMs();
  await insertGroup(tx, {
    ...newStandardRow(id, wanted.projectId, wanted.description, nowMs),
    name: wanted.name,
    stateful: wanted.stateful ? 1 : 0,
    default_of: isDefault ? wanted.projectId : null,
  });
  const flows = [...egressFlows(), ...(isDefault ? memberFlows(id) : [])];
  const rows = flows.map((flow) => ({
    ...newStandardRow(tools.ids.uuid(), wanted.projectId, '', nowMs),
    ...flowColumns(flow),
    security_group_id: id,
  }));
  await insertRules(tx, rows);
  return id;
}

export function flowColumns(flow: Flow) {
  return {
    direction: flow.direction,
    ethertype: flow.ethertype,
    protocol: flow.protocol,
    port_range_min: flow.portRangeMin,
    port_range_max: flow.portRangeMax,
    remote_group_id: flow.remoteGroupId,
    remote_ip_prefix: flow.remoteIpPrefix,
    normalized_cidr: flow.normalizedCidr,
    meaning: meaningOf(flow),
  };
}

/** The project's default group, made when the project is first seen. @returns its id. */
export async function ensureDefaultGroupIn(
  tools: Tools,
  tx: Queries,
  projectId: string,
): Promise<string> {
  const known = await defaultGroupId(tx, projectId);
  if (known) return known;
  const description = 'Default security group';
  const group = { projectId, name: defaultGroupName, description, stateful: true };
  return makeGroup(tools, tx, group, true);
}
