import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '#base/process.ts';
import { ensureNamespace, ip, nft, runIn } from '#drivers/network/linux/in-namespace.ts';
import { switchNamespace, tapName } from '#drivers/network/linux/names.ts';
import type { PortSpec } from '#drivers/network/network.ts';

/** Prints what the DHCP server gave, as udhcpc hands it to its script. */
const dhcpScript = '#!/bin/sh\nif [ "$1" = bound ]; then env; fi\n';

/** Of who is to be reached. */
const maxTries = 10;

/**
 * A namespace that stands for a virtual machine: its network card is one end of a pair whose
 * other end lies in the switch under the name of the port's tap.
 */
export class Guest {
  readonly namespace: string;
  readonly port: PortSpec;

  private constructor(namespace: string, port: PortSpec) {
    this.namespace = namespace;
    this.port = port;
  }

  /** Before its port is plugged. */
  static async make(instanceId: string, port: PortSpec): Promise<Guest> {
    const guest = new Guest(`test-guest-${port.id.slice(0, 8)}`, port);
    await ensureNamespace(guest.namespace);
    const { namespace } = guest;
    await runIn(namespace, 'sysctl', ['-qw', 'net.ipv6.conf.default.accept_dad=0']);
    const card = `name eth0 netns ${namespace} address ${port.macAddress} type veth`;
    const target = switchNamespace(instanceId);
    await ip(null, [`link add ${card} peer name ${tapName(port.id)} netns ${target}`]);
    await ip(namespace, ['link set dev lo up', 'link set dev eth0 up']);
    return guest;
  }

  get address(): string {
    return this.port.fixedIps[0]?.address ?? '';
  }

  /** Takes the port's first address and the routes without DHCP. */
  async configure(): Promise<void> {
    await ip(this.namespace, [
      `address add ${this.address}/16 dev eth0`,
      'route add default via 10.42.0.1',
      'route add 169.254.169.254/32 via 10.42.0.2',
    ]);
  }

  /** The DHCP server's answer by udhcpc's names; rejects when there is none. */
  async askDhcp(): Promise<Map<string, string>> {
    const folder = await mkdtemp(join(tmpdir(), 'cumulet-dhcp-'));
    try {
      const script = join(folder, 'script');
      await writeFile(script, dhcpScript);
      await chmod(script, 0o755);
      const options = ['-O', 'staticroutes', '-O', '249', '-O', 'mtu', '-O', 'hostname'];
      const once = ['-n', '-q', '-f', '-t', '3', '-T', '1', '-i', 'eth0', '-s', script];
      const { stdout } = await runIn(this.namespace, 'busybox', ['udhcpc', ...once, ...options]);
      const lines = stdout.split('\n').filter((line) => line.includes('='));
      return new Map(lines.map((line) => [line.split('=')[0] ?? '', line.replace(/^[^=]*=/, '')]));
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  /**
   * True once an echo request is answered. Asks several times: the first requests may be lost
   * while the two ends still look for each other's hardware address.
   */
  async reaches(address: string, ...options: string[]): Promise<boolean> {
    for (let tries = 0; tries < maxTries; tries += 1) {
      if (await this.pings(address, ...options)) return true;
    }
    return false;
  }

  /** True when one of two echo requests is answered within a second. */
  async pings(address: string, ...options: string[]): Promise<boolean> {
    // Without a deadline for both together, one answer is enough for it.
    const ping = ['ping', '-c', '2', '-i', '0.2', '-W', '1', ...options, address];
    return runIn(this.namespace, 'busybox', ping).then(
      () => true,
      () => false,
    );
  }

  /** Counts packets that match, as they reach the guest or leave it, from now on. */
  async count(match: string, hook: 'prerouting' | 'output' = 'prerouting') {
    await nft(this.namespace, [
      'table inet test {}',
      'delete table inet test',
      `table inet test { chain seen { type filter hook ${hook} priority -400; }; }`,
      `add rule inet test seen ${match} counter`,
    ]);
    return () => countedIn(this.namespace);
  }

  async remove(): Promise<void> {
    await run('ip', ['-n', this.namespace, 'link', 'delete', 'eth0']).catch(() => undefined);
    await run('ip', ['netns', 'delete', this.namespace]);
  }
}

/** Packets that the only counter of `table inet test` has seen. */
export async function countedIn(namespace: string): Promise<number> {
  const { stdout } = await runIn(namespace, 'nft', ['list', 'table', 'inet', 'test']);
  return Number(/counter packets (\d+)/.exec(stdout)?.[1]);
}
