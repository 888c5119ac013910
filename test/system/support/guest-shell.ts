import { join } from 'node:path';
import { ProcessError, run } from '#base/process.ts';
import { eventually } from '#test/eventually.ts';

const sshTimeoutMs = 60_000;

/** A way into a guest from its network's own namespace, where anyone on the host may stand. */
export class GuestShell {
  readonly #namespace: string;
  readonly #key: string;
  readonly address: string;

  constructor(networkId: string, address: string, stateDirectory: string) {
    this.#namespace = `cumulet-net-${networkId}`;
    this.#key = join(stateDirectory, 'key.pem');
    this.address = address;
  }

  /** Runs a command in the guest; tries again while the guest is still coming up. */
  run(command: string): Promise<string> {
    return eventually(
      `ssh to ${this.address}`,
      async () => {
        try {
          return { output: await this.#ssh(command) };
        } catch (error) {
          // 255 is ssh's own: not connected. Anything else is the command's answer.
          if (error instanceof ProcessError && error.exitCode === 255) return undefined;
          throw error;
        }
      },
      sshTimeoutMs,
    ).then(({ output }) => output);
  }

  /** True when a new connection to the port is taken within two seconds. */
  async takesConnections(port: number): Promise<boolean> {
    const program =
      `const s = require('net').connect(${port}, '${this.address}');` +
      `s.on('connect', () => process.exit(0)); s.on('error', () => process.exit(1));` +
      `setTimeout(() => process.exit(1), 2000);`;
    try {
      await this.#inNamespace([process.execPath, '-e', program]);
      return true;
    } catch {
      return false;
    }
  }

  async #ssh(command: string): Promise<string> {
    const options = ['BatchMode=yes', 'StrictHostKeyChecking=no', 'ConnectTimeout=3'];
    const args = [...options, 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR'];
    const flags = args.flatMap((option) => ['-o', option]);
    const ssh = ['ssh', ...flags, '-i', this.#key, `root@${this.address}`, command];
    const { stdout } = await this.#inNamespace(ssh);
    return stdout.trim();
  }

  #inNamespace(command: readonly string[]) {
    return run('ip', ['netns', 'exec', this.#namespace, ...command], { timeoutMs: sshTimeoutMs });
  }
}
