import type { HostAgent } from '#agent/calls.ts';
import type { ComputeService } from '#compute/service.ts';

/** Asks each host; one that does not answer is left out, told in the log, and stops no other. */
export async function askEachHost<T>(
  { agent, log }: Pick<ComputeService, 'agent' | 'log'>,
  ask: (host: HostAgent) => Promise<T>,
): Promise<Map<string, T>> {
  const answers = new Map<string, T>();
  for (const host of agent.hosts()) {
    try {
      answers.set(host, await ask(agent.on(host)));
    } catch (error) {
      log.warn({ host, error: String(error) }, 'a host was not looked at');
    }
  }
  return answers;
}
