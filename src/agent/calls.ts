import { limits } from '#base/limits.ts';
import type { Agent } from './agent.ts';

/** What can be asked of a host over the bus: all that its agent can do. */
export type AgentCall = Exclude<keyof Agent, 'onEvent'>;

/** A host's agent as the control plane sees it. */
export type HostAgent = Pick<Agent, AgentCall>;

/** `server`: the first argument is or names it (`id`, or `diskId` for its disks). */
interface CallRow {
  about: 'server' | 'host';
  /** Without an answer for so long the agent counts as gone. */
  timeoutMs: number;
  /** What is answered where a server is on no host; without it that is an error. */
  nowhere?: { answer: unknown };
}

const { agentAnswerMs: answer, agentWorkMs: work } = limits;
/** A server that is nowhere has nothing that could be taken away. */
const nothing = { answer: undefined };

/** Every call, once: routing, waiting and the types of both ends come from here. */
export const agentCalls = {
  ensureDisks: { about: 'server', timeoutMs: work },
  exportConfigDrive: { about: 'server', timeoutMs: work },
  importConfigDrive: { about: 'server', timeoutMs: work },
  readDisk: { about: 'server', timeoutMs: work },
  receiveDisk: { about: 'server', timeoutMs: work },
  keepReceivedDisk: { about: 'server', timeoutMs: work },
  removeDisks: { about: 'server', timeoutMs: work, nowhere: nothing },
  ensureRescueDisks: { about: 'server', timeoutMs: work },
  dropRescueDisks: { about: 'server', timeoutMs: work, nowhere: nothing },
  replaceDisks: { about: 'server', timeoutMs: limits.moveDeadlineMs },
  restoreDisks: { about: 'server', timeoutMs: work },
  dropFormerDisks: { about: 'server', timeoutMs: work },
  putDisksAside: { about: 'server', timeoutMs: work },
  bringDisksBack: { about: 'server', timeoutMs: work },
  dropDisksAside: { about: 'server', timeoutMs: work },
  exportDisk: { about: 'server', timeoutMs: work },
  takeSnapshot: { about: 'server', timeoutMs: limits.moveDeadlineMs },
  readSnapshot: { about: 'server', timeoutMs: work },
  dropSnapshot: { about: 'server', timeoutMs: work, nowhere: nothing },
  thaw: { about: 'server', timeoutMs: answer, nowhere: nothing },
  setPassword: { about: 'server', timeoutMs: answer },
  ensureWires: { about: 'server', timeoutMs: work },
  removeWires: { about: 'server', timeoutMs: work, nowhere: nothing },
  ensureRunning: { about: 'server', timeoutMs: work },
  ensureOff: { about: 'server', timeoutMs: work, nowhere: nothing },
  attachNic: { about: 'server', timeoutMs: work, nowhere: { answer: false } },
  detachNic: { about: 'server', timeoutMs: work, nowhere: nothing },
  reviveWires: { about: 'server', timeoutMs: work, nowhere: { answer: [] } },
  pause: { about: 'server', timeoutMs: answer },
  unpause: { about: 'server', timeoutMs: answer },
  suspend: { about: 'server', timeoutMs: work },
  keepRunning: { about: 'server', timeoutMs: work, nowhere: nothing },
  resume: { about: 'server', timeoutMs: work },
  injectNmi: { about: 'server', timeoutMs: answer },
  hardwareOf: { about: 'server', timeoutMs: answer },
  prepareIncoming: { about: 'server', timeoutMs: work },
  hasArrived: { about: 'server', timeoutMs: answer },
  completeIncoming: { about: 'server', timeoutMs: answer },
  dropIncoming: { about: 'server', timeoutMs: answer },
  migrateTo: { about: 'server', timeoutMs: limits.moveDeadlineMs },
  hasLeft: { about: 'server', timeoutMs: answer },
  migrationProgress: { about: 'server', timeoutMs: answer, nowhere: nothing },
  hastenMigration: { about: 'server', timeoutMs: answer },
  abortMigration: { about: 'server', timeoutMs: answer },
  forgetDeparted: { about: 'server', timeoutMs: answer },
  removeGuest: { about: 'server', timeoutMs: work, nowhere: nothing },
  power: { about: 'server', timeoutMs: answer, nowhere: { answer: 'absent' } },
  consoleOutput: { about: 'server', timeoutMs: answer },
  openConsole: { about: 'server', timeoutMs: answer, nowhere: nothing },
  diagnostics: { about: 'server', timeoutMs: answer, nowhere: nothing },
  deadWires: { about: 'host', timeoutMs: answer },
  powers: { about: 'host', timeoutMs: answer },
  holdings: { about: 'host', timeoutMs: work },
  cacheImage: { about: 'host', timeoutMs: limits.moveDeadlineMs },
  sweep: { about: 'host', timeoutMs: work },
  hostUptime: { about: 'host', timeoutMs: answer },
} as const satisfies Record<AgentCall, CallRow>;

/** The calls that are made for one server. */
export type ServerCall = {
  [C in AgentCall]: (typeof agentCalls)[C]['about'] extends 'server' ? C : never;
}[AgentCall];

export const callRow = (call: AgentCall): CallRow => agentCalls[call];

/** Whether text that came over a wire names a call: nothing else of an object is reachable. */
export function isAgentCall(name: string): name is AgentCall {
  return Object.hasOwn(agentCalls, name);
}
