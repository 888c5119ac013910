import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '#base/clock.ts';
import type { QmpClient } from '#drivers/hypervisor/qemu/qmp/client.ts';
import { connectQmp } from '#drivers/hypervisor/qemu/qmp/connect.ts';

const deadlineMs = 60_000;
const pollMs = 2;
const diskBytes = 1024 * 1024;

/**
 * QEMU by hand, with the disk, memory and processor of a smallest server and nothing else: what
 * each action takes without a cloud around it.
 */
export class BareGuest {
  readonly #folder: string;
  readonly #acceleration: readonly string[];
  readonly #parts: readonly string[];
  #child: ChildProcess | undefined;
  #qmp: QmpClient | undefined;

  /** @param parts its disk and more; without them, an empty disk is made in the folder. */
  constructor(folder: string, acceleration: readonly string[], parts?: readonly string[]) {
    this.#folder = folder;
    this.#acceleration = acceleration;
    this.#parts = parts ?? ['-drive', 'file=disk.raw,format=raw,if=virtio'];
    if (parts === undefined) writeFileSync(join(folder, 'disk.raw'), Buffer.alloc(diskBytes));
  }

  /** @param isComing it waits for a guest from elsewhere, and does not run. */
  async start(more: readonly string[] = [], isComing = false): Promise<void> {
    const machine = ['-nodefaults', '-machine', 'pc', ...this.#acceleration, '-m', '192'];
    const rest = ['-device', 'VGA', '-display', 'none', '-qmp', 'unix:qmp.sock,server=on,wait=off'];
    this.#child = spawn('qemu-system-x86_64', [...machine, ...this.#parts, ...rest, ...more], {
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await until('QEMU does not answer', async () => {
      this.#qmp = await connectQmp(systemClock, this.#folder, 'qmp.sock', 5_000).catch(() => {
        return undefined;
      });
      return this.#qmp !== undefined;
    });
    if (!isComing) await this.isIn('running');
  }

  async pause(): Promise<void> {
    await this.execute('stop');
  }

  async unpause(): Promise<void> {
    await this.execute('cont');
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const gone = once(child, 'exit');
    this.execute('quit').catch(() => undefined);
    await gone;
    this.#child = undefined;
  }

  /** When it has ended by itself. */
  async ended(): Promise<void> {
    const child = this.#child;
    if (child?.exitCode === null) await once(child, 'exit');
    this.#child = undefined;
  }

  async reboot(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async suspend(): Promise<void> {
    await this.execute('stop');
    await this.execute('migrate-set-parameters', { 'max-bandwidth': 2 ** 40 });
    await this.execute('migrate', { uri: 'exec:cat > memory' });
    await this.isIn('postmigrate');
    await this.stop();
  }

  async resume(): Promise<void> {
    const child = this.start(['-incoming', 'exec:cat memory']);
    // It was stopped when it was saved.
    await until('the memory is not back', async () => {
      const answer = await this.execute('query-status').catch(() => undefined);
      return (answer as { status?: string } | undefined)?.status === 'paused';
    });
    await this.execute('cont');
    await child;
  }

  /** As all that follow but `unrescue`, for a guest that is off. */
  async rebuild(): Promise<void> {
    writeFileSync(join(this.#folder, 'disk.raw'), Buffer.alloc(diskBytes));
  }

  /** Its next start would be told another size. */
  async resize(): Promise<void> {}

  async revertResize(): Promise<void> {}

  async confirmResize(): Promise<void> {}

  shelve(): Promise<void> {
    return this.createImage();
  }

  async unshelve(): Promise<void> {
    await this.#convert('qcow2', 'image.qcow2', 'raw', 'disk.raw');
    await this.start();
  }

  async rescue(): Promise<void> {
    writeFileSync(join(this.#folder, 'rescue.raw'), Buffer.alloc(diskBytes));
    await this.start(['-drive', 'file=rescue.raw,format=raw,if=virtio']);
  }

  unrescue(): Promise<void> {
    return this.reboot();
  }

  createImage(): Promise<void> {
    return this.#convert('raw', 'disk.raw', 'qcow2', 'image.qcow2');
  }

  /** `-U`: a guest may have it open. */
  async #convert(from: string, source: string, to: string, target: string): Promise<void> {
    const args = ['convert', '-U', '-f', from, '-O', to, source, target];
    const child = spawn('qemu-img', args, { cwd: this.#folder, stdio: 'inherit' });
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`qemu-img ended with ${code}`);
  }

  /** As one that is not asked. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.close();
    if (child?.exitCode === null && child.signalCode === null) await once(child, 'exit');
    this.#child = undefined;
  }

  close(): void {
    this.#child?.kill('SIGKILL');
  }

  isIn(status: string): Promise<void> {
    return until(`QEMU is not ${status}`, async () => {
      return ((await this.execute('query-status')) as { status?: string }).status === status;
    });
  }

  /** A command of QEMU's own. */
  async execute(command: string, args?: object): Promise<unknown> {
    if (!this.#qmp) throw new Error('QEMU is off');
    return this.#qmp.execute(command, args);
  }
}

/** Looks as often as the other side is looked at. */
export async function until(otherwise: string, isSo: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + deadlineMs;
  while (!(await isSo())) {
    if (performance.now() > endMs) throw new Error(otherwise);
    await sleep(pollMs);
  }
}
