import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BareGuest, until } from './bare-guest.ts';

/** What a server of the cloud has, too: a disk on an image, a config drive, a card, consoles. */
const machine: readonly string[] = [
  ...['-drive', 'file=disk.qcow2,format=qcow2,if=virtio,node-name=disk0'],
  ...['-drive', 'file=drive.iso,format=raw,if=virtio,readonly=on'],
  ...['-netdev', 'user,id=net0', '-device', 'virtio-net-pci,netdev=net0,romfile='],
  ...['-chardev', 'socket,id=agent0,path=agent.sock,server=on,wait=off'],
  ...['-device', 'virtio-serial-pci', '-device', 'virtserialport,chardev=agent0,name=agent'],
  ...['-object', 'rng-random,id=rng0,filename=/dev/urandom', '-device', 'virtio-rng-pci,rng=rng0'],
  ...['-chardev', 'socket,id=serial0,path=serial.sock,server=on,wait=off'],
  ...['-device', 'isa-serial,chardev=serial0', '-vnc', 'unix:vnc.sock'],
];
const [image, drive, diskFile] = ['image.raw', 'drive.iso', 'disk.qcow2'];
const [imageBytes, driveBytes, diskBytes] = [1024 ** 2, 400 * 1024, 1024 ** 3];
const mirror = 'mirror0';
const isPausing = [{ capability: 'pause-before-switchover', state: true }];

interface Place {
  folder: string;
  guest: BareGuest;
}

/**
 * A QEMU by hand that goes between two folders, which see nothing of each other's disks: what its
 * disk lies on and its config drive are brought there, and the disk is made there, as somebody
 * without a cloud would.
 */
export class BarePair {
  #here: Place;
  #there: Place;

  constructor(folder: string, acceleration: readonly string[]) {
    const placeIn = (name: string): Place => {
      const path = join(folder, name);
      mkdirSync(path, { recursive: true });
      return { folder: path, guest: new BareGuest(path, acceleration, machine) };
    };
    [this.#here, this.#there] = [placeIn('a'), placeIn('b')];
  }

  async start(): Promise<void> {
    writeFileSync(join(this.#here.folder, image), Buffer.alloc(imageBytes));
    writeFileSync(join(this.#here.folder, drive), Buffer.alloc(driveBytes));
    await makeDisk(this.#here.folder);
    await this.#here.guest.start();
  }

  /** Its disk is copied while it runs, then its memory; it goes on there. */
  async migrateLive(): Promise<void> {
    const [{ guest: here }, { guest: there, folder }] = [this.#here, this.#there];
    await this.#bringFiles();
    await there.start(['-S', '-incoming', 'defer'], true);
    const addr = { type: 'unix', data: { path: 'disks.sock' } };
    await there.execute('nbd-server-start', { addr });
    const exported = { type: 'nbd', id: 'export0', 'node-name': 'disk0', name: 'disk0' };
    await there.execute('block-export-add', { ...exported, writable: true });
    await there.execute('migrate-incoming', { uri: 'unix:memory.sock' });
    const server = { type: 'unix', path: join(folder, 'disks.sock') };
    const target = { driver: 'nbd', 'node-name': mirror, server, export: 'disk0' };
    await here.execute('blockdev-add', target);
    const sides = { device: 'disk0', target: mirror, sync: 'top' };
    await here.execute('blockdev-mirror', { 'job-id': mirror, ...sides });
    await until('the disk is not copied', async () => {
      const [job] = (await here.execute('query-block-jobs')) as { ready: boolean }[];
      return job?.ready === true;
    });
    await here.execute('migrate-set-capabilities', { capabilities: isPausing });
    await here.execute('migrate-set-parameters', { 'max-bandwidth': 2 ** 40 });
    await here.execute('migrate', { uri: `unix:${join(folder, 'memory.sock')}` });
    await hasCome(here, 'pre-switchover');
    await here.execute('block-job-cancel', { device: mirror });
    await until('the copy does not end', async () => {
      return ((await here.execute('query-block-jobs')) as object[]).length === 0;
    });
    await here.execute('migrate-continue', { state: 'pre-switchover' });
    await there.isIn('paused');
    // Two may not write to one disk.
    await there.execute('nbd-server-stop');
    await there.execute('cont');
    this.#turn();
  }

  /** What is left where it was goes, but for the image: it may come back. */
  async leave(): Promise<void> {
    const { guest, folder } = this.#there;
    await guest.stop();
    for (const name of [drive, diskFile]) rmSync(join(folder, name));
  }

  /** Ended where it runs, as by somebody who cannot ask it, and made again on another disk. */
  async evacuate(): Promise<void> {
    await this.#here.guest.kill();
    await this.#bringFiles();
    await this.#there.guest.start();
    this.#turn();
  }

  close(): void {
    this.#here.guest.close();
    this.#there.guest.close();
  }

  async #bringFiles(): Promise<void> {
    const [{ folder: from }, { folder: to }] = [this.#here, this.#there];
    if (!existsSync(join(to, image))) copyFileSync(join(from, image), join(to, image));
    copyFileSync(join(from, drive), join(to, drive));
    await makeDisk(to);
  }

  #turn(): void {
    [this.#here, this.#there] = [this.#there, this.#here];
  }
}

async function makeDisk(folder: string): Promise<void> {
  const args = ['create', '-q', '-f', 'qcow2', '-b', image, '-F', 'raw', diskFile, `${diskBytes}`];
  const child = spawn('qemu-img', args, { cwd: folder, stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`qemu-img ended with ${code}`);
}

function hasCome(guest: BareGuest, status: string): Promise<void> {
  return until(`the memory is not ${status}`, async () => {
    return ((await guest.execute('query-migrate')) as { status?: string }).status === status;
  });
}
