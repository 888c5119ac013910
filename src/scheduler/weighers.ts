import type { Candidate, PlacementRequest } from './candidate.ts';

/** How good a host is for a server, in any unit: the best is 1 and the worst 0 in the sum. */
interface Weigher {
  readonly multiplier: number;
  weigh(host: Candidate, request: PlacementRequest): number;
}

/** Above all the others together: what a soft policy prefers is not outweighed by free memory. */
const groupMultiplier = 10;

const spreading: readonly Weigher[] = [
  { multiplier: 1, weigh: (host) => host.memoryMib * host.ratios.memory - host.memoryMibUsed },
  { multiplier: 1, weigh: (host) => host.vcpus * host.ratios.vcpus - host.vcpusUsed },
  { multiplier: 1, weigh: (host) => host.diskGib * host.ratios.disk - host.diskGibUsed },
];

const softAffinity: Weigher = { multiplier: groupMultiplier, weigh: (host) => host.groupMembers };
const softAntiAffinity: Weigher = {
  multiplier: groupMultiplier,
  weigh: (host) => -host.groupMembers,
};

function weighersFor({ group }: PlacementRequest): readonly Weigher[] {
  if (group?.policy === 'soft-affinity') return [...spreading, softAffinity];
  if (group?.policy === 'soft-anti-affinity') return [...spreading, softAntiAffinity];
  return spreading;
}

/** The host that weighs most; of equals the first in the order of names. */
export function heaviest(
  hosts: readonly Candidate[],
  request: PlacementRequest,
): Candidate | undefined {
  const sums = hosts.map(() => 0);
  for (const { multiplier, weigh } of weighersFor(request)) {
    const weights = hosts.map((host) => weigh(host, request));
    const least = weights.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const span = weights.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) - least;
    if (span === 0) continue;
    for (const [index, weight] of weights.entries()) {
      sums[index] = (sums[index] ?? 0) + (multiplier * (weight - least)) / span;
    }
  }
  let best: { host: Candidate; sum: number } | undefined;
  for (const [index, host] of hosts.entries()) {
    const sum = sums[index] ?? 0;
    const isBetter = !best || sum > best.sum || (sum === best.sum && host.name < best.host.name);
    if (isBetter) best = { host, sum };
  }
  return best?.host;
}
