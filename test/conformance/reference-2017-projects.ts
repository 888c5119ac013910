import type { Row } from './reference-2017.ts';

const keypair = (name: string) => ({ keypair: { name } });

const quota =
  'quota_set: cores fixed_ips floating_ips id injected_file_content_bytes ' +
  'injected_file_path_bytes injected_files instances key_pairs metadata_items ram ' +
  'security_group_rules security_groups server_groups server_group_members';

export const projectParts: Row[] = [
  {
    says: '14.3 a key is made',
    send: 'POST os-keypairs',
    body: keypair('my_key-1'),
    status: 200,
    members: 'keypair: fingerprint name public_key private_key user_id',
  },
  ...['my key', 'my.key', 'ключ', 'x'.repeat(256), ''].map((name) => ({
    says: `14.3 named ${name.slice(0, 8)}`,
    send: 'POST os-keypairs',
    body: keypair(name),
    status: 400,
  })),
  {
    says: '14.1',
    send: 'GET os-keypairs',
    status: 200,
    members: 'keypairs[].keypair: public_key name fingerprint',
  },
  {
    says: '14.2',
    send: 'GET os-keypairs/my_key-1',
    status: 200,
    members:
      'keypair: public_key name fingerprint user_id deleted created_at updated_at deleted_at id',
  },
  { says: '14.4', send: 'DELETE os-keypairs/my_key-1', status: 202 },
  {
    says: '15.1',
    send: 'GET limits?tenant_id=PROJECT',
    status: 200,
    members:
      'limits.absolute: maxServerMeta maxPersonality totalServerGroupsUsed maxImageMeta ' +
      'maxPersonalitySize maxTotalRAMSize maxTotalKeypairs maxSecurityGroupRules ' +
      'maxServerGroups totalCoresUsed totalRAMUsed maxSecurityGroups totalFloatingIpsUsed ' +
      'totalInstancesUsed totalSecurityGroupsUsed maxTotalFloatingIps maxTotalInstances ' +
      'maxTotalCores maxServerGroupMembers',
  },
  { says: '15.1 of another project', send: 'GET limits?tenant_id=OTHER', status: 403 },
  { says: '16.1', send: 'GET os-quota-sets/PROJECT', status: 200, members: quota },
  { says: '16.2', send: 'GET os-quota-sets/PROJECT/defaults', status: 200, members: quota },
];

const empty = { cidr_v6: null, gateway: null, broadcast: null, netmask: null, cidr: null };
const network = { ...empty, dns1: null, dns2: null, gateway_v6: null, netmask_v6: null };

const unknown = '48700ff3-30b8-4e63-845f-a79c9633e9fb';

function ruleRow(says: string, change: object, status: number, shown?: object): Row {
  const rule = { from_port: '443', to_port: '443', ip_protocol: 'tcp', cidr: '0.0.0.0/0' };
  const body = { security_group_rule: { ...rule, parent_group_id: 'GROUP', ...change } };
  const send = 'POST os-security-group-rules';
  return { says: `22.7 ${says}`, send, body, status, ...(shown && { answer: shown }) };
}

const ruleMembers =
  'security_group_rule: id ip_range parent_group_id to_port ip_protocol group from_port';

export const networkParts: Row[] = [
  {
    says: '21.1',
    send: 'GET os-networks',
    status: 200,
    answer: { networks: [{ id: 'NETWORK', label: 'private', ...network }] },
  },
  {
    says: '22.2',
    send: 'POST os-security-groups',
    body: { security_group: { name: 'test', description: 'description' } },
    status: 200,
    members: 'security_group: rules tenant_id description id name',
  },
  {
    says: '22.1',
    send: 'GET os-security-groups',
    status: 200,
    members: 'security_groups[]: rules tenant_id description id name',
  },
  {
    says: '22.3',
    send: 'GET os-security-groups/GROUP',
    status: 200,
    members: 'security_group: rules tenant_id description id name',
  },
  {
    says: '22.4 to the name of the default group',
    send: 'PUT os-security-groups/GROUP',
    body: { security_group: { name: 'default', description: 'haha' } },
    status: 409,
  },
  {
    says: '22.4 of the default group',
    send: 'PUT os-security-groups/DEFAULT',
    body: { security_group: { name: 'default', description: 'haha' } },
    status: 409,
  },
  {
    says: '22.4',
    send: 'PUT os-security-groups/GROUP',
    body: { security_group: { name: 'xixi', description: 'haha' } },
    status: 200,
    members: 'security_group: rules tenant_id description id name',
  },
  {
    says: '22.6',
    send: 'GET servers/SERVER/os-security-groups',
    status: 200,
    members: 'security_groups[]: rules tenant_id description id name',
  },
  { says: '22.6 no server', send: `GET servers/${unknown}/os-security-groups`, status: 404 },
  { ...ruleRow('the example, ports as text', {}, 200), members: ruleMembers },
  ruleRow('the same again', {}, 400),
  ruleRow('a group wins over addresses', { group_id: 'GROUP' }, 200),
  ruleRow('any ICMP', { ip_protocol: 'icmp', from_port: -1, to_port: -1 }, 200),
  ruleRow('an ICMP type too large', { ip_protocol: 'icmp', from_port: 256, to_port: 0 }, 400),
  ruleRow('ports turned round', { from_port: 2, to_port: 1 }, 400),
  ruleRow('port 0', { from_port: 0 }, 400),
  ruleRow('port 65536', { to_port: 65_536 }, 400),
  ruleRow('no such protocol', { ip_protocol: 'gre' }, 400),
  ruleRow('no id', { parent_group_id: 'x' }, 400),
  ruleRow('no such group', { parent_group_id: unknown }, 404),
  ruleRow('too little', { ip_protocol: null }, 400),
  { says: '22.8 no id', send: 'DELETE os-security-group-rules/x', status: 400 },
  { says: '22.8 none', send: `DELETE os-security-group-rules/${unknown}`, status: 404 },
  { says: '22.5', send: 'DELETE os-security-groups/GROUP', status: 202 },
];
