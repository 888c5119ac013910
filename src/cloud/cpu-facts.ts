import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import type { CpuFacts } from '#compute/service.ts';

/** What the kernel says of this machine's processors. */
export function readCpuFacts(): CpuFacts {
  try {
    return parseCpuFacts(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return parseCpuFacts('');
  }
}

/** @param text of `/proc/cpuinfo`; what it does not tell is unknown, one thread in one core */
export function parseCpuFacts(text: string): CpuFacts {
  const processors = text
    .split('\n\n')
    .map((block) => new Map(block.split('\n').map((line) => splitLine(line))))
    .filter((fields) => fields.has('processor'));
  const first = processors[0] ?? new Map<string, string>();
  const sockets = new Set(processors.map((fields) => fields.get('physical id') ?? '0')).size || 1;
  const cores = Number(first.get('cpu cores') ?? 1) || 1;
  const threads = Math.max(1, Math.round((processors.length || cpus().length) / (sockets * cores)));
  return {
    model: first.get('model name') ?? first.get('CPU part') ?? 'unknown',
    vendor: first.get('vendor_id') ?? first.get('CPU implementer') ?? 'unknown',
    features: (first.get('flags') ?? first.get('Features') ?? '').split(' ').filter(Boolean),
    topology: { sockets, cores, threads },
  };
}

function splitLine(line: string): [string, string] {
  // The value may itself have colons in it.
  const at = line.indexOf(':');
  return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}
