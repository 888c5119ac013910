import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '#base/process.ts';
import { guestBootMs } from '#test/guest-boot.ts';

const buildTimeoutMs = 10 * 60_000;
const answerTimeoutMs = 60_000;
const projectFolder = join(import.meta.dirname, '../..');

/** The test image as `npm start` has it; built first when it is not there or its recipe changed. */
export async function tinyImage(): Promise<string> {
  const image = join(projectFolder, '.cache/tiny.qcow2');
  const builder = join(projectFolder, 'images/tiny/build.mjs');
  await run(process.execPath, [builder, image], { timeoutMs: buildTimeoutMs });
  return image;
}

export interface TinyGuestOptions {
  /** A qcow2 disk; the guest writes to it. */
  disk: string;
  configDrive?: string;
  /** QEMU's options after `user,id=net`. */
  network?: string[];
}

/** A guest under emulation, its console and its control sockets; ended with `await using`. */
export class TinyGuest implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #sockets: Map<string, LineSocket>;
  readonly #folder: string;
  /** Resolves when QEMU has ended. */
  readonly ended: Promise<void>;

  private constructor(child: ChildProcess, sockets: Map<string, LineSocket>, folder: string) {
    this.#process = child;
    this.#sockets = sockets;
    this.#folder = folder;
    this.ended = once(child, 'close').then(() => undefined);
  }

  static async boot(options: TinyGuestOptions): Promise<TinyGuest> {
    const folder = await mkdtemp(join(tmpdir(), 'cumulet-tiny-guest-'));
    const names = ['console', 'qmp', 'agent'];
    // QEMU connects to us, so that not one byte of the console is lost.
    const waiting = names.map((name) => acceptOne(join(folder, name)));
    const child = spawn('qemu-system-x86_64', commandLine(options, folder), {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const guest = new TinyGuest(child, new Map(), folder);
    let errors = '';
    child.stderr?.on('data', (bytes: Buffer) => {
      errors += bytes.toString();
    });
    const died = guest.ended.then(() => {
      throw new Error(`QEMU ended at once: ${errors}`);
    });
    died.catch(() => undefined);
    try {
      const sockets = await Promise.race([Promise.all(waiting), died]);
      names.forEach((name, index) => {
        const socket = sockets[index];
        if (socket) guest.#sockets.set(name, new LineSocket(socket));
      });
      await guest.qmp('qmp_capabilities');
    } catch (error) {
      await guest[Symbol.asyncDispose]();
      throw error;
    }
    return guest;
  }

  /** Everything the guest wrote to its console so far. */
  get console(): string {
    return this.#socket('console').text;
  }

  /** Waits until the console shows the pattern; fails with the console's end after the deadline. */
  waitForConsole(pattern: RegExp, timeoutMs = guestBootMs): Promise<RegExpExecArray> {
    return this.#socket('console').waitFor(pattern, timeoutMs);
  }

  type(text: string): void {
    this.#socket('console').write(text);
  }

  async qmp(command: string): Promise<void> {
    await this.#request('qmp', { execute: command });
  }

  /** Asks the agent in the guest; throws when it does not answer in time. */
  async agent(command: string): Promise<string> {
    return this.#request('agent', { execute: command });
  }

  async #request(name: string, request: object): Promise<string> {
    const socket = this.#socket(name);
    socket.forget();
    socket.write(`${JSON.stringify(request)}\n`);
    const [line] = await socket.waitFor(/\{"(return|error)"[^\n]*\n/, answerTimeoutMs);
    assert.match(line, /^\{"return"/);
    return line;
  }

  #socket(name: string): LineSocket {
    const socket = this.#sockets.get(name);
    if (!socket) throw new Error(`no socket ${name}`);
    return socket;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.ended;
    for (const socket of this.#sockets.values()) socket.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

function commandLine(options: TinyGuestOptions, folder: string): string[] {
  const socket = (name: string) => `socket,id=${name},path=${join(folder, name)},server=off`;
  const drive = (id: string, file: string, format: string) => [
    ...['-drive', `file=${file},if=none,id=${id},format=${format},readonly=${onOff(id)}`],
    ...['-device', `virtio-blk-pci,drive=${id}`],
  ];
  return [
    ...['-nodefaults', '-machine', 'pc', '-accel', 'tcg', '-m', '192', '-display', 'none'],
    ...drive('root', options.disk, 'qcow2'),
    ...(options.configDrive ? drive('config', options.configDrive, 'raw') : []),
    ...['-netdev', ['user,id=net', ...(options.network ?? [])].join(',')],
    ...['-device', 'virtio-net-pci,netdev=net,romfile=', '-device', 'virtio-rng-pci'],
    ...['-chardev', socket('console'), '-serial', 'chardev:console'],
    ...['-chardev', socket('qmp'), '-mon', 'chardev=qmp,mode=control'],
    ...['-chardev', socket('agent'), '-device', 'virtio-serial-pci'],
    ...['-device', 'virtserialport,chardev=agent,name=org.qemu.guest_agent.0'],
  ];
}

function onOff(driveId: string): 'on' | 'off' {
  return driveId === 'config' ? 'on' : 'off';
}

async function acceptOne(path: string): Promise<Socket> {
  const server = createServer();
  server.listen(path);
  const [socket] = (await once(server, 'connection')) as [Socket];
  server.close();
  return socket;
}

/** Text from a socket, and waiting for a pattern in it. */
class LineSocket {
  text = '';
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.text += bytes.toString();
    });
    socket.on('error', () => undefined);
  }

  forget(): void {
    this.text = '';
  }

  write(text: string): void {
    this.#socket.write(text);
  }

  close(): void {
    this.#socket.destroy();
  }

  async waitFor(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray> {
    const deadline = AbortSignal.timeout(timeoutMs);
    for (;;) {
      const found = pattern.exec(this.text);
      if (found) return found;
      try {
        await once(this.#socket, 'data', { signal: deadline });
      } catch {
        throw new Error(`no ${pattern} in ${timeoutMs} ms after: ${this.text.slice(-1500)}`);
      }
    }
  }
}
