import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { BareGuest, until } from './bare-guest.ts';

const channels = ['-device', 'virtio-serial-pci', '-chardev', 'file,id=serial,path=console.log'];
const agent = ['-chardev', 'socket,id=agent,path=agent.sock,server=on,wait=off'];
const agentPort = 'virtserialport,chardev=agent,name=org.qemu.guest_agent.0';
const ready = 'tiny: ready';
const nmi = 'NMI received';

/** The test image in a QEMU by hand: what asks something of the system inside. */
export class BareSystem {
  readonly #guest: BareGuest;
  readonly #folder: string;

  constructor(folder: string, acceleration: readonly string[], image: string) {
    this.#folder = folder;
    const args = ['create', '-q', '-f', 'qcow2', '-F', 'qcow2', '-b', image, 'root.qcow2'];
    execFileSync('qemu-img', args, { cwd: folder });
    const disk = ['-drive', 'file=root.qcow2,format=qcow2,if=virtio'];
    this.#guest = new BareGuest(folder, acceleration, disk);
  }

  async start(): Promise<void> {
    rmSync(join(this.#folder, 'console.log'), { force: true });
    const serial = ['-serial', 'chardev:serial'];
    await this.#guest.start([...channels, ...serial, ...agent, '-device', agentPort]);
  }

  async isReady(): Promise<void> {
    await until('the bare guest does not boot', async () => this.#count(ready) > 0);
  }

  async softReboot(): Promise<void> {
    await this.#guest.execute('system_powerdown');
    await this.#guest.ended();
    await this.start();
  }

  async crashDump(): Promise<void> {
    const known = this.#count(nmi);
    await this.#guest.execute('inject-nmi');
    await until('the bare guest saw no NMI', async () => this.#count(nmi) > known);
  }

  async attach(): Promise<void> {
    await this.#guest.execute('netdev_add', { type: 'user', id: 'net1' });
    const device = { driver: 'virtio-net-pci', netdev: 'net1', id: 'card1' };
    await this.#guest.execute('device_add', device);
  }

  async detach(): Promise<void> {
    await this.#guest.execute('device_del', { id: 'card1' });
    await until('the bare guest keeps its card', async () => {
      const list = await this.#guest.execute('qom-list', { path: '/machine/peripheral' });
      return !JSON.stringify(list).includes('"card1"');
    });
    await this.#guest.execute('netdev_del', { id: 'net1' });
  }

  /** Asks the agent that listens inside. */
  async changePassword(password: string): Promise<void> {
    const socket = createConnection(join(this.#folder, 'agent.sock'));
    const base64 = Buffer.from(password).toString('base64');
    const args = { username: 'root', password: base64, crypted: false };
    const sync = { execute: 'guest-sync-delimited', arguments: { id: 1 } };
    const change = { execute: 'guest-set-user-password', arguments: args };
    socket.write(Buffer.concat([Buffer.of(0xff), Buffer.from(JSON.stringify(sync))]));
    socket.write(JSON.stringify(change));
    try {
      let isOurs = false;
      for await (const line of createInterface({ input: socket })) {
        if (line.includes('"return": {}')) return;
        // Before it has read the mark it may complain of it.
        isOurs ||= line.includes('"return": 1');
        if (isOurs && line.includes('"error"')) throw new Error(`the bare guest refused: ${line}`);
      }
    } finally {
      socket.destroy();
    }
  }

  close(): void {
    this.#guest.close();
  }

  #count(text: string): number {
    return readFileSync(join(this.#folder, 'console.log'), 'utf8').split(text).length - 1;
  }
}
