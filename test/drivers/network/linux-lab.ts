import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { systemClock } from '#base/clock.ts';
import { silentLog } from '#base/log.ts';
import { run } from '#base/process.ts';
import { ensureNamespace, ip, removeNamespace } from '#drivers/network/linux/in-namespace.ts';
import { type LinuxNetwork, openLinuxNetwork } from '#drivers/network/linux/linux-network.ts';
import type { NetworkDriver, PortSpec } from '#drivers/network/network.ts';
import { Guest } from './linux-guest.ts';

/** The addresses beyond the uplink: it and a stranger to whom it has a default route. */
export const uplinkAddress = '198.51.100.1';
export const strangerAddress = '198.51.100.2';

/** A host for Linux wires whose way out ends in namespaces of the test. */
export class LinuxLab {
  readonly instanceId = `t${randomBytes(5).toString('hex')}`;
  readonly uplink = `test-uplink-${this.instanceId}`;
  readonly stranger = `test-stranger-${this.instanceId}`;
  readonly #guests: Guest[] = [];

  static async make(): Promise<LinuxLab> {
    const lab = new LinuxLab();
    await Promise.all([ensureNamespace(lab.uplink), ensureNamespace(lab.stranger)]);
    const pair = `name world type veth peer name eth0 netns ${lab.stranger}`;
    await ip(lab.uplink, [
      `link add ${pair}`,
      `address add ${uplinkAddress}/24 dev world`,
      'link set dev world up',
      `route add default via ${strangerAddress}`,
    ]);
    await ip(lab.stranger, [`address add ${strangerAddress}/24 dev eth0`, 'link set dev eth0 up']);
    return lab;
  }

  open(): Promise<LinuxNetwork> {
    return openLinuxNetwork({
      instanceId: this.instanceId,
      clock: systemClock,
      log: silentLog,
      uplink: { kind: 'namespace', name: this.uplink },
    });
  }

  /** A guest on a port that is plugged now; it has its address already. */
  async guest(driver: NetworkDriver, port: PortSpec): Promise<Guest> {
    const guest = await this.unconfiguredGuest(driver, port);
    await guest.configure();
    return guest;
  }

  async unconfiguredGuest(driver: NetworkDriver, port: PortSpec): Promise<Guest> {
    const guest = await Guest.make(this.instanceId, port);
    this.#guests.push(guest);
    await driver.plugPort(port);
    return guest;
  }

  async close(): Promise<void> {
    await Promise.all(this.#guests.map((guest) => guest.remove()));
    const driver = await this.open();
    await driver.removeAll();
    await Promise.all([removeNamespace(this.uplink), removeNamespace(this.stranger)]);
  }
}

/** Runs `body` on a lab of its own and takes it down again, whatever happened. */
export async function withLab(
  body: (lab: LinuxLab, driver: LinuxNetwork) => Promise<void>,
): Promise<void> {
  const lab = await LinuxLab.make();
  try {
    const driver = await lab.open();
    try {
      await body(lab, driver);
    } finally {
      await driver.close();
    }
  } finally {
    await lab.close();
  }
}

/** All on this host whose name says that it is of one of these instances or ids. */
export async function leftOnHost(names: string[]): Promise<string[]> {
  const entries = await Promise.all(
    ['/run/netns', '/run/cumulet', '/proc'].map((folder) => readdir(folder).catch(() => [])),
  );
  const [namespaces = [], instances = [], processes = []] = entries;
  const pids = processes.filter((entry) => /^\d+$/.test(entry));
  const commandLines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  const { stdout: links } = await run('ip', ['link']);
  const all = [...namespaces, ...instances, ...commandLines, ...links.split('\n')];
  return all.filter((text) => names.some((name) => text.includes(name)));
}
