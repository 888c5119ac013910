import { onServer, type Play, type Prepared, play } from '../play.ts';
import { idIn, type Stage } from '../stage.ts';

const one = '/servers/{id}';

/** Interfaces of servers, and the proxies for old clients. */
export function networkPlays(): Play[] {
  return [...interfacePlays(), ...groupPlays(), ...addressPlays()];
}

async function portOf(stage: Stage): Promise<string> {
  const port = { network_id: stage.networkId };
  const { body } = await stage.player.post('/network/v2.0/ports', { port });
  return body.port.id;
}

function interfacePlays(): Play[] {
  const resource = 'os-attach-interfaces';
  const named = (name: string) => ({ request: name, answer: 'attach-interfaces-create-resp' });
  const byPort = async (stage: Stage): Promise<Prepared> => {
    const port = await portOf(stage);
    return {
      ids: [await stage.makeServer()],
      adjust: (body) => {
        body.interfaceAttachment.port_id = port;
      },
    };
  };
  const byNetwork = async (stage: Stage): Promise<Prepared> => {
    const network = { name: `net-${stage.next()}` };
    const { body } = await stage.player.post('/network/v2.0/networks', { network });
    const subnet = { network_id: body.network.id, cidr: '192.168.1.0/24', ip_version: 4 };
    await stage.player.post('/network/v2.0/subnets', { subnet });
    return {
      ids: [await stage.makeServer()],
      adjust: (sent) => {
        sent.interfaceAttachment.net_id = body.network.id;
      },
    };
  };
  const attached = async (stage: Stage): Promise<Prepared> => {
    const id = await stage.makeServer();
    const answer = (await stage.ask('GET', `/v2.1/servers/${id}/os-interface`)) as {
      interfaceAttachments: { port_id: string }[];
    };
    return { ids: [id, answer.interfaceAttachments[0]?.port_id ?? ''] };
  };
  const all = `${one}/os-interface`;
  return [
    play(resource, `POST ${all}`, named('attach-interfaces-create-req'), byPort),
    play(resource, `POST ${all}`, named('attach-interfaces-create-net_id-req'), byNetwork),
    play(resource, `GET ${all}`, { answer: 'attach-interfaces-list-resp' }, attached),
    play(resource, `GET ${all}/{port}`, { answer: 'attach-interfaces-show-resp' }, attached),
  ];
}

function groupPlays(): Play[] {
  const resource = 'os-security-groups';
  const act = `POST ${one}/action`;
  const group = async (stage: Stage): Promise<string> => {
    const security_group = { name: `group-${stage.next()}`, description: 'one' };
    const path = '/v2.1/os-security-groups';
    const made = idIn(await stage.ask('POST', path, { security_group }), 'security_group');
    const rule = { parent_group_id: made, ip_protocol: 'tcp', from_port: 1, to_port: 2 };
    const security_group_rule = { ...rule, cidr: '10.0.0.0/24' };
    await stage.ask('POST', '/v2.1/os-security-group-rules', { security_group_rule });
    return made;
  };
  const onGroup = async (stage: Stage): Promise<Prepared> => ({ ids: [await group(stage)] });
  const inGroup = async (stage: Stage): Promise<Prepared> => {
    const made = await group(stage);
    return {
      adjust: (body) => {
        body.security_group_rule.parent_group_id = made;
      },
    };
  };
  const membership =
    (isMember: boolean) =>
    async (stage: Stage): Promise<Prepared> => {
      const id = await stage.makeServer();
      const name = `group-${stage.next()}`;
      const security_group = { name, description: 'one' };
      await stage.ask('POST', '/v2.1/os-security-groups', { security_group });
      const add = { addSecurityGroup: { name } };
      if (isMember) await stage.ask('POST', `/v2.1/servers/${id}/action`, add);
      return {
        ids: [id],
        adjust: (body) => {
          for (const asked of Object.values<{ name: string }>(body)) asked.name = name;
        },
      };
    };
  const rule = {
    request: 'security-group-rules-post-req',
    answer: 'security-group-rules-post-resp',
  };
  const create = { request: 'security-group-post-req', answer: 'security-groups-create-resp' };
  const add = { request: 'security-group-add-post-req' };
  const remove = { request: 'security-group-remove-post-req' };
  const mine = { answer: 'server-security-groups-list-resp' };
  return [
    play(resource, `POST /${resource}`, create),
    play(resource, `GET /${resource}`, { answer: 'security-groups-list-get-resp' }),
    play(resource, `GET /${resource}/{id}`, { answer: 'security-groups-get-resp' }, onGroup),
    play(resource, 'POST /os-security-group-rules', rule, inGroup),
    play(resource, `GET ${one}/os-security-groups`, mine, onServer),
    play(resource, `${act} addSecurityGroup`, add, membership(false)),
    play(resource, `${act} removeSecurityGroup`, remove, membership(true)),
  ];
}

function addressPlays(): Play[] {
  const resource = 'os-floating-ips';
  const take = async (stage: Stage) =>
    (await stage.ask('POST', '/v2.1/os-floating-ips', {})) as {
      floating_ip: { id: string; ip: string };
    };
  const taken = async (stage: Stage): Promise<Prepared> => ({
    ids: [(await take(stage)).floating_ip.id],
  });
  const lent =
    (isGiven: boolean) =>
    async (stage: Stage): Promise<Prepared> => {
      const id = await stage.makeServer();
      const { ip } = (await take(stage)).floating_ip;
      const add = { addFloatingIp: { address: ip } };
      if (isGiven) await stage.ask('POST', `/v2.1/servers/${id}/action`, add);
      return {
        ids: [id],
        adjust: (body) => {
          for (const asked of Object.values<{ address: string; fixed_address?: string }>(body)) {
            asked.address = ip;
            delete asked.fixed_address;
          }
        },
      };
    };
  const create = { request: 'floating-ips-create-req', answer: 'floating-ips-create-resp' };
  const networkOf = async (stage: Stage): Promise<Prepared> => ({ ids: [stage.networkId] });
  const act = `POST ${one}/action`;
  const fixed = async (stage: Stage): Promise<Prepared> => {
    const id = await stage.makeServer();
    const shown = (await stage.ask('GET', `/v2.1/servers/${id}/ips/private`)) as {
      private: { addr: string }[];
    };
    return {
      ids: [id],
      adjust: ({ addFixedIp, removeFixedIp }) => {
        if (addFixedIp) addFixedIp.networkId = stage.networkId;
        if (removeFixedIp) removeFixedIp.address = shown.private[0]?.addr;
      },
    };
  };
  const addFixed = { request: 'multinic-add-fixed-ip-req' };
  const removeFixed = { request: 'multinic-remove-fixed-ip-req' };
  const add = { request: 'server-action-addfloatingip-req' };
  const remove = { request: 'server-action-removefloatingip-req' };
  return [
    play(resource, `GET /${resource}`, { answer: 'floating-ips-list-empty-resp' }),
    play(resource, `POST /${resource}`, create),
    play(resource, `GET /${resource}`, { answer: 'floating-ips-list-resp' }, taken),
    play(resource, `GET /${resource}/{id}`, { answer: 'floating-ips-get-resp' }, taken),
    play('os-floating-ip-pools', 'GET /os-floating-ip-pools', {
      answer: 'floatingippools-list-resp',
    }),
    play('os-networks', 'GET /os-networks', { answer: 'networks-list-resp' }),
    play('os-networks', 'GET /os-networks/{id}', { answer: 'network-show-resp' }, networkOf),
    play('os-tenant-networks', 'GET /os-tenant-networks', { answer: 'networks-list-res' }),
    play('os-multinic', `${act} addFixedIp`, addFixed, fixed),
    play('os-multinic', `${act} removeFixedIp`, removeFixed, fixed),
    play('servers', `${act} addFloatingIp`, add, lent(false)),
    play('servers', `${act} removeFloatingIp`, remove, lent(true)),
  ];
}
