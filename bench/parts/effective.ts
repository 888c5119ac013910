import { setTimeout as sleep } from 'node:timers/promises';
import { ensureNamespace, removeNamespace } from '#drivers/network/linux/in-namespace.ts';
import { probeLinuxNetwork } from '#drivers/network/linux/linux-network.ts';
import { networkNamespace } from '#drivers/network/linux/names.ts';
import { until } from '../cloud/bare-guest.ts';
import { Door } from '../cloud/door.ts';
import { GuestAgent } from '../cloud/guest-agent.ts';
import { onTinyGuests, type RealCloud } from '../cloud/real-cloud.ts';
import { countOnConsole, makeTinyServer, tellOfAgent } from '../cloud/tiny-server.ts';
import { idNamed } from '../cloud/workload.ts';
import type { Figure, Part } from '../figure.ts';
import type { Client } from '../http/client.ts';
import { median } from '../samples.ts';
import { act, ask, timed } from './acting.ts';

const rounds = 5;
const sshPort = 22;
const restMs = 1_000;
/** What is asked for holds on the running guest within a second. */
const target = { below: 1_000 };

/** From the 202 until what was asked for holds, looked at from where it matters. */
export const effective: Part = {
  name: 'effective',
  describe: 'addresses, groups and passwords of a running guest, from 202 until they hold (root)',
  run: async (say) => {
    const probe = await probeLinuxNetwork();
    if (!probe.works) {
      say(`left out: ${probe.reason}`);
      return [];
    }
    const uplink = `bench-uplink-${process.pid}`;
    await ensureNamespace(uplink);
    try {
      const wires = { CUMULET_NETWORK: 'linux', CUMULET_UPLINK: uplink };
      return await onTinyGuests(say, wires, (parts) => measure(parts, uplink, say));
    } finally {
      await removeNamespace(uplink);
    }
  },
};

async function measure(
  { cloud, state }: RealCloud,
  uplink: string,
  say: (line: string) => void,
): Promise<Figure[]> {
  await tellOfAgent(cloud);
  const demo = await cloud.logIn('demo');
  const id = await makeTinyServer(demo);
  await until('the guest does not boot', async () => {
    return (await countOnConsole(demo, id, 'tiny: ready')) > 0;
  });
  const network = await idNamed(demo, '/network/v2.0/networks', 'networks', 'private');
  await using fromOutside = new Door(uplink);
  await using fromNetwork = new Door(networkNamespace(network));
  const guest = new RunningGuest(demo, id, network, new GuestAgent(state, id));
  await guest.openSsh();
  const samples = new Map<string, number[]>();
  // The first round warms up and does not count.
  for (let round = 0; round <= rounds; round += 1) {
    say(`round ${round} of ${rounds}`);
    const found = [
      ...(await guest.floatingIp(fromOutside)),
      ...(await guest.fixedIp(fromNetwork)),
      ...(await guest.group(fromNetwork)),
      await guest.password(round),
    ];
    if (round === 0) continue;
    for (const [name, ms] of found) samples.set(name, [...(samples.get(name) ?? []), ms]);
  }
  demo.close();
  return [...samples].map(([name, ms]) => {
    const note = `best of ${rounds}, median ${Math.round(median(ms))} ms`;
    return {
      name: `${name}, 202 until it holds`,
      value: Math.min(...ms),
      unit: 'ms',
      target,
      note,
    };
  });
}

type Sample = [name: string, ms: number];

/** A server whose system is up. */
class RunningGuest {
  readonly #demo: Client;
  readonly #id: string;
  readonly #networkId: string;
  readonly #inside: GuestAgent;

  constructor(demo: Client, id: string, networkId: string, inside: GuestAgent) {
    this.#demo = demo;
    this.#id = id;
    this.#networkId = networkId;
    this.#inside = inside;
  }

  async openSsh(): Promise<void> {
    const path = '/network/v2.0/security-groups';
    const groupId = await idNamed(this.#demo, path, 'security_groups', 'default');
    const port = { protocol: 'tcp', port_range_min: sshPort, port_range_max: sshPort };
    const rule = { direction: 'ingress', security_group_id: groupId, ...port };
    const body = { security_group_rule: rule };
    await this.#demo.request('POST', '/network/v2.0/security-group-rules', 201, body);
  }

  async floatingIp(door: Door): Promise<Sample[]> {
    type Made = { floating_ip: { id: string; ip: string } };
    const path = '/v2.1/os-floating-ips';
    const { floating_ip: made } = await this.#demo.request<Made>('POST', path, 200, {});
    await this.#ask({ addFloatingIp: { address: made.ip } });
    const addedMs = await door.opens(made.ip, sshPort);
    await this.#ask({ removeFloatingIp: { address: made.ip } });
    const removedMs = await door.shuts(made.ip, sshPort);
    await this.#demo.request('DELETE', `${path}/${made.id}`, 202);
    return [
      ['addFloatingIp', addedMs],
      ['removeFloatingIp', removedMs],
    ];
  }

  /** The guest is told of its address as its owner would, which is part of the time. */
  async fixedIp(door: Door): Promise<Sample[]> {
    const [former = ''] = await this.#addresses();
    await this.#ask({ addFixedIp: { networkId: this.#networkId } });
    let address = '';
    const toldMs = await timed(async () => {
      address = (await this.#addresses()).find((one) => one !== former) ?? '';
      await this.#inside.run(`ip address add ${address}/16 dev eth0`);
    });
    const addedMs = toldMs + (await door.opens(address, sshPort));
    await this.#ask({ removeFixedIp: { address } });
    const removedMs = await door.shuts(address, sshPort);
    await this.#inside.run(`ip address delete ${address}/16 dev eth0`);
    return [
      ['addFixedIp', addedMs],
      ['removeFixedIp', removedMs],
    ];
  }

  async group(door: Door): Promise<Sample[]> {
    const [address = ''] = await this.#addresses();
    await this.#ask({ removeSecurityGroup: { name: 'default' } });
    const removedMs = await door.shuts(address, sshPort);
    await this.#ask({ addSecurityGroup: { name: 'default' } });
    const addedMs = await door.opens(address, sshPort);
    return [
      ['addSecurityGroup', addedMs],
      ['removeSecurityGroup', removedMs],
    ];
  }

  /** The agent says when it is changed; that it is, the guest's own record tells. */
  async password(round: number): Promise<Sample> {
    const hash = () => this.#inside.run('grep ^root: /etc/shadow');
    const former = await hash();
    const body = { changePassword: { adminPass: `measured-${round}` } };
    const step = { name: 'changePassword', body, ends: 'active' };
    const ms = await timed(() => act(this.#demo, this.#id, step));
    if ((await hash()) === former) throw new Error('the password is what it was');
    return ['changePassword', ms];
  }

  async #addresses(): Promise<string[]> {
    type List = { addresses: { private: { addr: string }[] } };
    const { addresses } = await this.#demo.get<List>(`/v2.1/servers/${this.#id}/ips`);
    return addresses.private.map(({ addr }) => addr);
  }

  /** What an action before still does to the wires behind its back is over by then. */
  async #ask(body: object): Promise<void> {
    await sleep(restMs);
    await ask(this.#demo, this.#id, body);
  }
}
