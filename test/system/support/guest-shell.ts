import { join } from 'node:path';
import { ProcessError, run } from '#base/process.ts';
import { networkNamespace } from '#drivers/network/linux/names.ts';
import { eventually } from '#test/eventually.ts';
import { guestBootMs } from '#test/guest-boot.ts';
import { HeldSession } from './held-session.ts';

/** For one of many tries, and for the only one. */
const [tryTimeoutS, holdTimeoutS] = [3, 60];
const options = [
  'BatchMode=yes',
  'StrictHostKeyChecking=no',
  'UserKnownHostsFile=/dev/null',
  'LogLevel=ERROR',
];

/** A way into a guest from its network's own namespace, where anyone on the host may stand. */
export class GuestShell {
  readonly address: string;
  readonly #namespace: string;
  readonly #key: string;

  constructor(networkId: string, address: string, stateDirectory: string) {
    this.address = address;
    this.#namespace = networkNamespace(networkId);
    this.#key = join(stateDirectory, 'key.pem');
  }

  /** Runs a command in the guest; tries again while the guest is still coming up. */
  async run(command: string): Promise<string> {
    const logIn = async () => {
      try {
        return { output: await this.#ssh(command) };
      } catch (error) {
        // 255 is ssh's own: not connected. Anything else is the command's answer.
        if (error instanceof ProcessError && error.exitCode === 255) return undefined;
        throw error;
      }
    };
    const { output } = await eventually(`ssh to ${this.address}`, logIn, guestBootMs);
    return output;
  }

  /** Another for every boot of the guest. */
  bootId(): Promise<string> {
    return this.run('cat /proc/sys/kernel/random/boot_id');
  }

  /** Logs in once and stays. */
  hold(): HeldSession {
    return new HeldSession(this.#inNamespace(this.#sshCommand('sh', holdTimeoutS)));
  }

  /** True when a new connection to the port is taken within two seconds. */
  takesConnections(port: number): Promise<boolean> {
    return takesConnections(this.#namespace, this.address, port);
  }

  async #ssh(command: string): Promise<string> {
    const [file = '', ...args] = this.#inNamespace(this.#sshCommand(command, tryTimeoutS));
    const { stdout } = await run(file, args, { timeoutMs: guestBootMs });
    return stdout.trim();
  }

  #sshCommand(command: string, connectTimeoutS: number): string[] {
    const flags = [...options, `ConnectTimeout=${connectTimeoutS}`].flatMap((option) => [
      '-o',
      option,
    ]);
    return ['ssh', ...flags, '-i', this.#key, `root@${this.address}`, command];
  }

  #inNamespace(command: readonly string[]): string[] {
    return inNamespace(this.#namespace, command);
  }
}

/** True when a connection from the namespace to the address is taken within two seconds. */
export function takesConnections(
  namespace: string,
  address: string,
  port: number,
): Promise<boolean> {
  const program =
    `const s = require('net').connect(${port}, '${address}');` +
    `s.on('connect', () => process.exit(0)); s.on('error', () => process.exit(1));` +
    `setTimeout(() => process.exit(1), 2000);`;
  const [file = '', ...args] = inNamespace(namespace, [process.execPath, '-e', program]);
  return run(file, args, { timeoutMs: guestBootMs }).then(
    () => true,
    () => false,
  );
}

function inNamespace(namespace: string, command: readonly string[]): string[] {
  return ['ip', 'netns', 'exec', namespace, ...command];
}
