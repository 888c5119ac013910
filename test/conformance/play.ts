import type { Stage } from './stage.ts';

/** How one kind of sample is played, in each version that has it. */
export interface Play {
  /** Folder of the samples. */
  resource: string;
  /** `POST /servers/{id}/action reboot`. */
  call: string;
  /** Names of the samples. */
  request?: string;
  answer?: string;
  /** Makes what the path and the body name, and tells what stands for the braces in the path. */
  prepare?: (stage: Stage, version: string, answer: unknown) => Promise<Prepared>;
  /** In these versions the sample's request is one that is refused, with 400. */
  refused?: readonly string[];
  /** Played in these versions only: others tell the same by another call. */
  since?: string;
  until?: string;
}

export interface Prepared {
  /** In the order of the braces. */
  ids?: readonly string[];
  /** `?limit=1`. */
  query?: string;
  /** Changes what names things of another cloud. */
  adjust?: (body: Json) => void | Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: samples are looked into as clients do
export type Json = any;

type Prepare = Exclude<Play['prepare'], undefined>;

export function play(
  resource: string,
  call: string,
  samples: { request?: string; answer?: string },
  prepare?: Prepare,
): Play {
  return { resource, call, ...samples, ...(prepare && { prepare }) };
}

/** A new server stands for the first braces. */
export const onServer: Prepare = async (stage) => ({ ids: [await stage.makeServer()] });
