/** The smallest value that `share` of all samples do not exceed; 0.5 is the median. */
export function quantile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new Error('nothing was measured');
  const sorted = Float64Array.from(samples).sort();
  const index = Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1);
  return sorted[Math.max(0, index)] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}
