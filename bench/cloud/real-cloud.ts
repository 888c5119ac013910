import {
  accelerationOf,
  type CloudProcess,
  type CloudSettings,
  endServers,
  startCloud,
} from './process.ts';
import { type TemporaryState, temporaryState } from './state.ts';
import { tinyImage } from './tiny-image.ts';

/** Real guests, wired in user mode: what is measured leaves no trace in the host's networks. */
const real: CloudSettings = { CUMULET_HYPERVISOR: 'qemu', CUMULET_NETWORK: 'user' };

/** What a measurement on real guests works with. */
export interface RealCloud {
  cloud: CloudProcess;
  state: TemporaryState;
  /** What QEMU is told of the processor. */
  acceleration: string[];
}

/** A cloud on QEMU with a state of its own; whatever it started has ended when this returns. */
export async function onRealGuests<Result>(
  more: CloudSettings,
  measure: (parts: RealCloud) => Promise<Result>,
): Promise<Result> {
  const settings = { ...real, ...more };
  using state = temporaryState();
  try {
    await using cloud = await startCloud(state, settings);
    return await measure({ cloud, state, acceleration: accelerationOf(cloud) });
  } finally {
    await endServers(state, settings);
  }
}

/** The same with the test image; nothing is measured where that was not built. */
export async function onTinyGuests<Result>(
  say: (line: string) => void,
  more: CloudSettings,
  measure: (parts: RealCloud & { image: string }) => Promise<Result[]>,
): Promise<Result[]> {
  const image = tinyImage();
  if (image === undefined) {
    say('left out: there is no test image');
    return [];
  }
  const settings = { ...more, CUMULET_TINY_IMAGE: image };
  return onRealGuests(settings, (parts) => measure({ ...parts, image }));
}
