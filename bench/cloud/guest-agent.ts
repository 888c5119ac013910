import { once } from 'node:events';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from './bare-guest.ts';
import type { TemporaryState } from './state.ts';

/** What listens inside a guest of the test image, as its host reaches it. */
export class GuestAgent {
  readonly #path: string;

  constructor(state: TemporaryState, serverId: string) {
    this.#path = join(state.path, 'guests', serverId, 'run', 'agent.sock');
  }

  /** Runs a shell command as root. @returns what it printed */
  async run(command: string): Promise<string> {
    const wanted = { path: '/bin/sh', arg: ['-c', command], 'capture-output': true };
    const { pid } = await this.#ask<{ pid: number }>('guest-exec', wanted);
    let output = '';
    await until(`the guest does not end ${command}`, async () => {
      type Status = { exited: boolean; 'out-data'?: string };
      const status = await this.#ask<Status>('guest-exec-status', { pid });
      output = Buffer.from(status['out-data'] ?? '', 'base64').toString();
      return status.exited;
    });
    return output.trim();
  }

  async #ask<Answer>(execute: string, args: object): Promise<Answer> {
    const socket = createConnection(this.#path);
    try {
      await once(socket, 'connect');
      socket.write(`${JSON.stringify({ execute, arguments: args })}\n`);
      for await (const line of createInterface({ input: socket })) {
        const answer = JSON.parse(line);
        if (answer.error) throw new Error(`the agent refused ${execute}: ${line}`);
        return answer.return;
      }
      throw new Error(`the agent did not answer ${execute}`);
    } finally {
      socket.destroy();
    }
  }
}
