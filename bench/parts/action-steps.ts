import type { BareGuest } from '../cloud/bare-guest.ts';
import { idNamed, type Workload } from '../cloud/workload.ts';

/** An action as the cloud is asked for it, and what a QEMU without a cloud does instead. */
export interface ActionStep {
  name: ActionName;
  body: object;
  /** What the server is when it is over. */
  ends: string;
  status?: number;
}

export type ActionName = Exclude<keyof BareGuest, 'close' | 'kill' | 'ended' | 'execute' | 'isIn'>;

/** These leave a server where the next of them is legal, again and again. */
export const standing = {
  pause: { name: 'pause', body: { pause: null }, ends: 'paused' },
  unpause: { name: 'unpause', body: { unpause: null }, ends: 'active' },
  suspend: { name: 'suspend', body: { suspend: null }, ends: 'suspended' },
  resume: { name: 'resume', body: { resume: null }, ends: 'active' },
} as const satisfies Record<string, ActionStep>;

/**
 * One round, in an order in which each is legal after the one before. What would first press the
 * guest's power button is asked for while it is off: its firmware knows no button, and the minute
 * that it is given would be measured. The flavor that a confirmed resize leaves behind is where the
 * next round begins.
 */
export async function stepsOf({ demo, newServer }: Workload, round: number): Promise<ActionStep[]> {
  const flavor = round % 2 === 0 ? 'm1.tiny' : 'm1.nano';
  const flavorRef = await idNamed(demo, '/v2.1/flavors', 'flavors', flavor);
  const { imageRef } = newServer('').server;
  const resize: ActionStep = { name: 'resize', body: { resize: { flavorRef } }, ends: 'resized' };
  const stop: ActionStep = { name: 'stop', body: { 'os-stop': { type: 'HARD' } }, ends: 'stopped' };
  return [
    ...Object.values(standing),
    { name: 'reboot', body: { reboot: { type: 'HARD' } }, ends: 'active' },
    { name: 'createImage', body: { createImage: { name: 'measured' } }, ends: 'active' },
    stop,
    { name: 'rebuild', body: { rebuild: { imageRef } }, ends: 'stopped' },
    resize,
    { name: 'revertResize', body: { revertResize: null }, ends: 'stopped' },
    resize,
    { name: 'confirmResize', body: { confirmResize: null }, ends: 'stopped', status: 204 },
    { name: 'shelve', body: { shelve: null }, ends: 'shelved_offloaded' },
    { name: 'unshelve', body: { unshelve: null }, ends: 'active' },
    stop,
    { name: 'rescue', body: { rescue: null }, ends: 'rescued', status: 200 },
    { name: 'unrescue', body: { unrescue: null }, ends: 'active' },
    stop,
    { name: 'start', body: { 'os-start': null }, ends: 'active' },
  ];
}
