import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const groupsPath = '/v2.1/os-security-groups';
const rulesPath = '/v2.1/os-security-group-rules';
const group = (name: string, description = 'mine') => ({ security_group: { name, description } });
const rule = (wanted: object) => ({ security_group_rule: wanted });

test('groups are made, shown, changed and deleted as old clients do it', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const made = await demo.post(groupsPath, group('web'));
  assert.equal(made.status, 200);
  const { id, ...rest } = made.body.security_group;
  const expected = { name: 'web', description: 'mine', tenant_id: demo.projectId, rules: [] };
  assert.deepEqual(rest, expected);
  const shown = await demo.get(`/v2/${demo.projectId}/os-security-groups/${id}`);
  assert.deepEqual(shown.body.security_group, { id, ...expected });
  const list = await demo.get(groupsPath);
  const names = list.body.security_groups.map((one: { name: string }) => one.name);
  assert.deepEqual(names, ['default', 'web']);
  assert.equal((await demo.get(`${groupsPath}?limit=1`)).body.security_groups[0].name, 'default');
  const changed = await demo.put(`${groupsPath}/${id}`, group('www', 'new'));
  assert.equal(changed.status, 200);
  assert.equal(changed.body.security_group.name, 'www');
  assert.equal((await demo.delete(`${groupsPath}/${id}`)).status, 202);
  assert.equal((await demo.get(`${groupsPath}/${id}`)).status, 404);
});

test('the default group shows that its members may speak to each other', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const [own] = (await demo.get(groupsPath)).body.security_groups;
  const [first] = own.rules;
  assert.equal(own.rules.length, 2);
  const { id: _, ...rest } = first;
  assert.deepEqual(rest, {
    parent_group_id: own.id,
    ip_protocol: null,
    from_port: null,
    to_port: null,
    group: { name: 'default', tenant_id: demo.projectId },
    ip_range: {},
  });
  assert.equal((await demo.put(`${groupsPath}/${own.id}`, group('other'))).status, 409);
  assert.equal((await demo.delete(`${groupsPath}/${own.id}`)).status, 400);
});

test('rules are written with numbers or text, by address or by group', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const parent = (await demo.post(groupsPath, group('web'))).body.security_group.id;
  const tcp = { parent_group_id: parent, ip_protocol: 'tcp', from_port: '443', to_port: 443 };
  const byAddress = await demo.post(rulesPath, rule({ ...tcp, cidr: '10.0.0.0/24' }));
  assert.equal(byAddress.status, 200);
  const { id, ...made } = byAddress.body.security_group_rule;
  assert.deepEqual(made, {
    parent_group_id: parent,
    ip_protocol: 'tcp',
    from_port: 443,
    to_port: 443,
    group: {},
    ip_range: { cidr: '10.0.0.0/24' },
  });
  const members = { parent_group_id: parent, group_id: parent, ip_protocol: 'udp' };
  const byGroup = await demo.post(rulesPath, rule(members));
  assert.equal(byGroup.status, 200);
  const { group: named, from_port: from, to_port: to } = byGroup.body.security_group_rule;
  assert.deepEqual([named.name, from, to], ['web', 1, 65_535]);
  const icmp = { parent_group_id: parent, ip_protocol: 'icmp', from_port: -1, to_port: -1 };
  const onV2 = await demo.post(
    `/v2/${demo.projectId}/os-security-group-rules`,
    rule({ ...icmp, group_id: parent }),
  );
  assert.equal(onV2.status, 200);
  assert.deepEqual(onV2.body.security_group_rule.group, {});
  assert.equal(onV2.body.security_group_rule.from_port, -1);
  assert.equal((await demo.get(`${groupsPath}/${parent}`)).body.security_group.rules.length, 3);
  assert.equal((await demo.delete(`${rulesPath}/${id}`)).status, 202);
  assert.equal((await demo.delete(`${rulesPath}/${id}`)).status, 404);
  assert.equal((await demo.delete(`${rulesPath}/no-uuid`)).status, 400);
});

test('rules that mean nothing are refused', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const parent = (await demo.post(groupsPath, group('web'))).body.security_group.id;
  const tcp = { parent_group_id: parent, ip_protocol: 'tcp', from_port: 22, to_port: 22 };
  const statusOf = async (wanted: object) => (await demo.post(rulesPath, rule(wanted))).status;
  assert.equal(await statusOf(tcp), 200);
  assert.equal(await statusOf(tcp), 400, 'twice');
  assert.equal(await statusOf({ ...tcp, from_port: 23 }), 400, 'inverted');
  assert.equal(await statusOf({ ...tcp, from_port: 0 }), 400);
  assert.equal(await statusOf({ ...tcp, to_port: 70_000 }), 400);
  assert.equal(await statusOf({ ...tcp, to_port: 'many' }), 400);
  assert.equal(await statusOf({ ...tcp, ip_protocol: 'esp' }), 400);
  assert.equal(await statusOf({ ...tcp, cidr: '10.0.0.300/8' }), 400);
  assert.equal(await statusOf({ ...tcp, cidr: '10.0.0.0/0' }), 400);
  assert.equal(await statusOf({ parent_group_id: parent }), 400);
  assert.equal(await statusOf({ ...tcp, parent_group_id: 'no-uuid' }), 400);
  assert.equal(await statusOf({ ...tcp, parent_group_id: randomUUID() }), 404);
  assert.equal(await statusOf({ ...tcp, group_id: randomUUID() }), 404);
  const icmp = { ...tcp, ip_protocol: 'icmp' };
  assert.equal(await statusOf({ ...icmp, from_port: 256 }), 400);
  assert.equal((await demo.post(rulesPath, {})).status, 400);
  assert.equal((await demo.post(groupsPath, group('default'))).status, 409);
  assert.equal((await demo.post(groupsPath, { security_group: { name: 'x' } })).status, 400);
  assert.equal((await demo.get(`${groupsPath}/no-uuid`)).status, 400);
});

test('a server is put into a group and taken out of it, on its wires at once', async () => {
  await using cloud = await startTestCloud();
  const { demo } = cloud;
  const id = await makeServer(cloud);
  const parent = (await demo.post(groupsPath, group('web'))).body.security_group.id;
  const tcp = { parent_group_id: parent, ip_protocol: 'tcp', from_port: 80, to_port: 80 };
  await demo.post(rulesPath, rule(tcp));
  const act = async (action: string, name: string) =>
    (await demo.post(`/v2.1/servers/${id}/action`, { [action]: { name } })).status;
  const opened = async () => {
    await cloud.cloud.services.networks.converged();
    const [wire] = [...cloud.hosts.network.ports.values()];
    return wire?.rules.some((one) => one.portMin === 80) ?? false;
  };
  assert.equal(await act('removeSecurityGroup', 'web'), 404, 'not in it');
  assert.equal(await act('addSecurityGroup', 'web'), 202);
  assert.equal(await opened(), true);
  const listed = await demo.get(`/v2.1/servers/${id}/os-security-groups`, at('2.90'));
  const names = listed.body.security_groups.map((one: { name: string }) => one.name);
  assert.deepEqual(names, ['default', 'web']);
  assert.equal(await act('addSecurityGroup', parent), 202, 'by its id, and once more');
  assert.equal((await demo.delete(`${groupsPath}/${parent}`)).status, 400, 'in use');
  assert.equal(await act('removeSecurityGroup', parent), 202);
  assert.equal(await opened(), false);
  assert.equal(await act('addSecurityGroup', 'unknown'), 404);
  assert.equal(await act('addSecurityGroup', ''), 400);
  await demo.post(groupsPath, group('twin'));
  await demo.post(groupsPath, group('twin'));
  assert.equal(await act('addSecurityGroup', 'twin'), 409);
});

test('groups are their project’s, readers only look, and all is gone at 2.36', async () => {
  await using cloud = await startTestCloud();
  const { demo, admin, nobody } = cloud;
  const id = await makeServer(cloud);
  const [own] = (await demo.get(groupsPath)).body.security_groups;
  const stranger = await cloud.userOf('others', 'member');
  const reader = await cloud.userOf('demo', 'reader');
  assert.equal((await stranger.get(`${groupsPath}/${own.id}`)).status, 404);
  assert.equal((await stranger.get(`/v2.1/servers/${id}/os-security-groups`)).status, 404);
  const join = { addSecurityGroup: { name: 'default' } };
  assert.equal((await stranger.post(`/v2.1/servers/${id}/action`, join)).status, 404);
  assert.equal((await reader.post(`/v2.1/servers/${id}/action`, join)).status, 403);
  assert.equal((await reader.get(`/v2.1/servers/${id}/os-security-groups`)).status, 200);
  assert.equal((await reader.get(groupsPath)).status, 200);
  assert.equal((await reader.post(groupsPath, group('web'))).status, 403);
  assert.equal((await nobody.get(groupsPath)).status, 401);
  const all = await admin.get(`${groupsPath}?all_tenants=1`);
  assert.ok(all.body.security_groups.some((one: { id: string }) => one.id === own.id));
  const ownOnly = await demo.get(`${groupsPath}?all_tenants=1`);
  assert.equal(ownOnly.body.security_groups.length, 1);
  for (const path of [groupsPath, `${groupsPath}/${own.id}`]) {
    assert.equal((await demo.get(path, at('2.35'))).status, 200);
    assert.equal((await demo.get(path, at('2.36'))).status, 404);
  }
  assert.equal((await demo.post(rulesPath, rule({}), at('2.36'))).status, 404);
});
