import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import {
  assertEndpointsRefuse,
  assertRefused,
  make,
  makeNetwork,
  makePort,
  missingId,
  root,
} from './requests.ts';

const groups = `${root}/security-groups`;
const rules = `${root}/security-group-rules`;

describe('security groups and their rules', () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud[Symbol.asyncDispose]());

  const makeGroup = (name = 'g') => make(cloud.demo, 'security-groups', 'security_group', { name });
  const makeRule = (attributes: object) =>
    make(cloud.demo, 'security-group-rules', 'security_group_rule', attributes);

  test('a project has its default group, with OpenStack’s rules, from the start', async () => {
    const fresh = await cloud.userOf('fresh', 'member');
    const [group, ...others] = (await fresh.get(groups)).body.security_groups;
    assert.deepEqual(others, []);
    assert.equal(group.name, 'default');
    const flows = group.security_group_rules.map(
      (rule: { direction: string; ethertype: string; remote_group_id: string | null }) =>
        `${rule.direction} ${rule.ethertype} ${rule.remote_group_id === group.id}`,
    );
    assert.deepEqual(flows.sort(), [
      'egress IPv4 false',
      'egress IPv6 false',
      'ingress IPv4 true',
      'ingress IPv6 true',
    ]);
    const path = `${groups}/${group.id}`;
    assertRefused(await fresh.delete(path), 409, 'SecurityGroupCannotRemoveDefault');
    const renamed = await fresh.put(path, { security_group: { name: 'x' } });
    assertRefused(renamed, 409, 'SecurityGroupCannotUpdateDefault');
    const second = await fresh.post(groups, { security_group: { name: 'default' } });
    assertRefused(second, 409, 'SecurityGroupDefaultAlreadyExists');
  });

  test('a new group lets everything out and nothing in', async () => {
    const group = await makeGroup();
    assert.equal(group.stateful, true);
    const directions = group.security_group_rules.map(
      (rule: { direction: string }) => rule.direction,
    );
    assert.deepEqual(directions, ['egress', 'egress']);
    assert.deepEqual((await cloud.demo.get(`${groups}/${group.id}`)).body, {
      security_group: group,
    });
    const stateless = { security_group: { name: 'x', stateful: false } };
    assertRefused(await cloud.demo.post(groups, stateless), 400, 'HTTPBadRequest');
  });

  test('a group changes its name; one in use stays; one that is free goes', async () => {
    const { id } = await makeGroup();
    const path = `${groups}/${id}`;
    const { body } = await cloud.demo.put(path, { security_group: { name: 'h' } });
    assert.equal(body.security_group.name, 'h');
    const { network } = await makeNetwork(cloud.demo, '10.5.0.0/24');
    const port = await makePort(cloud.demo, { network_id: network.id, security_groups: [id] });
    assertRefused(await cloud.demo.delete(path), 409, 'SecurityGroupInUse');
    await cloud.demo.delete(`${root}/ports/${port.id}`);
    assert.equal((await cloud.demo.delete(path)).status, 204);
    assertRefused(await cloud.demo.get(path), 404, 'SecurityGroupNotFound');
  });

  test('rules elsewhere that name a group go with it', async () => {
    const [named, naming] = [await makeGroup('named'), await makeGroup('naming')];
    const rule = await makeRule({
      security_group_id: naming.id,
      direction: 'ingress',
      remote_group_id: named.id,
    });
    assert.equal((await cloud.demo.delete(`${groups}/${named.id}`)).status, 204);
    assertRefused(await cloud.demo.get(`${rules}/${rule.id}`), 404, 'SecurityGroupRuleNotFound');
  });

  test('a rule is kept as written, with its prefix in canonical form beside it', async () => {
    const group = await makeGroup();
    const rule = await makeRule({
      security_group_id: group.id,
      direction: 'ingress',
      protocol: 'TCP',
      port_range_min: '80',
      port_range_max: 90,
      remote_ip_prefix: '192.0.2.7/24',
      description: 'web',
    });
    assert.equal(rule.ethertype, 'IPv4');
    assert.equal(rule.protocol, 'tcp');
    assert.deepEqual([rule.port_range_min, rule.port_range_max], [80, 90]);
    assert.equal(rule.remote_ip_prefix, '192.0.2.7/24');
    assert.equal(rule.normalized_cidr, '192.0.2.0/24');
    const shown = (await cloud.demo.get(`${groups}/${group.id}`)).body.security_group;
    assert.equal(shown.revision_number, 1);
    assert.equal(shown.security_group_rules.length, 3);
    assert.equal((await cloud.demo.delete(`${rules}/${rule.id}`)).status, 204);
    assertRefused(await cloud.demo.delete(`${rules}/${rule.id}`), 404, 'SecurityGroupRuleNotFound');
  });

  test('protocols are known by name and number, ICMP by type and code', async () => {
    const { id } = await makeGroup();
    for (const attributes of [
      { protocol: null },
      { protocol: 'any', ethertype: 'IPv6' },
      { protocol: 'icmp', port_range_min: 8, port_range_max: 0 },
      { protocol: 'icmp', port_range_min: 0 },
      { protocol: 'ipv6-icmp', ethertype: 'IPv6' },
      { protocol: 132, port_range_min: 1, port_range_max: 65_535 },
      { protocol: 'vrrp' },
      { protocol: '254' },
    ]) {
      await makeRule({ security_group_id: id, direction: 'ingress', ...attributes });
    }
  });

  test('rules that mean nothing are refused in Neutron’s names', async () => {
    const { id } = await makeGroup();
    const refusals: [object, number, string][] = [
      [{ protocol: 'tpc' }, 400, 'SecurityGroupRuleInvalidProtocol'],
      [{ protocol: 256 }, 400, 'SecurityGroupRuleInvalidProtocol'],
      [{ protocol: 'constructor' }, 400, 'SecurityGroupRuleInvalidProtocol'],
      [
        { protocol: 'tcp', port_range_min: 2, port_range_max: 1 },
        400,
        'SecurityGroupInvalidPortRange',
      ],
      [{ protocol: 'tcp', port_range_min: 2 }, 400, 'SecurityGroupInvalidPortRange'],
      [
        { protocol: 'tcp', port_range_min: 0, port_range_max: 1 },
        400,
        'SecurityGroupInvalidPortValue',
      ],
      [
        { protocol: 'tcp', port_range_min: 1, port_range_max: 65_536 },
        400,
        'SecurityGroupInvalidPortValue',
      ],
      [{ protocol: 'tcp', port_range_min: 'x' }, 400, 'SecurityGroupInvalidPortValue'],
      [{ protocol: 'icmp', port_range_min: 256 }, 400, 'SecurityGroupInvalidIcmpValue'],
      [{ protocol: 'icmp', port_range_max: 1 }, 400, 'SecurityGroupMissingIcmpType'],
      [
        { protocol: 'vrrp', port_range_min: 1, port_range_max: 2 },
        400,
        'SecurityGroupInvalidProtocolForPort',
      ],
      [{ port_range_min: 1, port_range_max: 2 }, 400, 'SecurityGroupProtocolRequiredWithPorts'],
      [
        { remote_ip_prefix: '10.0.0.0/8', remote_group_id: id },
        400,
        'SecurityGroupRemoteGroupAndRemoteIpPrefix',
      ],
      [{ remote_ip_prefix: 'x' }, 400, 'InvalidCIDR'],
      [{ remote_ip_prefix: '::/0' }, 400, 'SecurityGroupRuleParameterConflict'],
      [{ protocol: 'icmpv6' }, 400, 'SecurityGroupEthertypeConflictWithProtocol'],
      [{ ethertype: 'IPv5' }, 400, 'HTTPBadRequest'],
      [{ direction: 'sideways' }, 400, 'HTTPBadRequest'],
      [{ remote_group_id: missingId }, 404, 'SecurityGroupNotFound'],
      [{ security_group_id: missingId }, 404, 'SecurityGroupNotFound'],
      [{ direction: 'egress' }, 409, 'SecurityGroupRuleExists'],
    ];
    for (const [attributes, status, type] of refusals) {
      const rule = { security_group_id: id, direction: 'ingress', ...attributes };
      assertRefused(await cloud.demo.post(rules, { security_group_rule: rule }), status, type);
    }
  });

  test('the same flow twice is refused, however it is written', async () => {
    const { id } = await makeGroup();
    const flow = { security_group_id: id, direction: 'ingress' };
    const ports = { port_range_min: 53, port_range_max: 53 };
    await makeRule({ ...flow, ...ports, protocol: 'udp', remote_ip_prefix: '10.0.0.1/8' });
    const same = { ...flow, ...ports, protocol: '17', remote_ip_prefix: '10.0.0.2/8' };
    const answer = await cloud.demo.post(rules, { security_group_rule: same });
    assertRefused(answer, 409, 'SecurityGroupRuleExists');
  });

  test('another project’s group is nobody’s to name', async () => {
    const stranger = await cloud.userOf('elsewhere', 'member');
    const { id } = await makeGroup();
    const rule = { security_group_id: id, direction: 'ingress' };
    const answer = await stranger.post(rules, { security_group_rule: rule });
    assertRefused(answer, 404, 'SecurityGroupNotFound');
  });

  test('what every endpoint refuses', async () => {
    const { id } = await makeGroup();
    const group = { collection: 'security-groups', name: 'security_group', id };
    await assertEndpointsRefuse(cloud, { ...group, body: { name: 'x' }, update: { name: 'x' } });
    const body = { security_group_id: id, direction: 'ingress', protocol: 'tcp' };
    const rule = await makeRule(body);
    const resource = { collection: 'security-group-rules', name: 'security_group_rule' };
    await assertEndpointsRefuse(cloud, { ...resource, id: rule.id, body });
  });
});
