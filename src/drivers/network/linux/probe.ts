import { access } from 'node:fs/promises';
import { tunDevice } from '#base/guest-devices.ts';
import { ProcessError, run } from '#base/process.ts';
import { filterBridgedPackets } from './bridge-filter.ts';
import { ip, nft, removeNamespace } from './in-namespace.ts';

export interface Probe {
  works: boolean;
  /** One sentence for the log. */
  reason: string;
}

/** Each is tried for real in a namespace of its own; existence alone proves nothing. */
function trials(namespace: string): [string, () => Promise<unknown>][] {
  const conntrackRules = [
    'add table bridge probe',
    'add table inet probe',
    'add chain inet probe c { type filter hook prerouting priority -450; }',
    'add chain inet probe n { type nat hook postrouting priority 100; }',
    'add rule inet probe c ct zone set 1',
    'add rule inet probe c ct direction reply ct state established accept',
    'add rule inet probe n masquerade',
  ];
  return [
    ['network namespaces cannot be made', () => run('ip', ['netns', 'add', namespace])],
    ['bridges cannot be made', () => ip(namespace, ['link add name b type bridge'])],
    ['interface pairs cannot be made', () => ip(namespace, ['link add v type veth peer name w'])],
    [`${tunDevice} is missing`, () => access(tunDevice)],
    ['taps cannot be made', () => ip(namespace, ['tuntap add dev t mode tap'])],
    ['nftables does not work', () => nft(namespace, conntrackRules)],
    ['bridged packets cannot be filtered (br_netfilter)', () => filterBridgedPackets(namespace)],
    ['dnsmasq is missing', () => run('dnsmasq', ['--version'])],
  ];
}

/** Says whether `openLinuxNetwork` can work on this host, by trying; leaves nothing behind. */
export async function probeLinuxNetwork(): Promise<Probe> {
  if (process.platform !== 'linux') return { works: false, reason: 'this is not Linux' };
  if (process.getuid?.() !== 0) {
    return { works: false, reason: 'making network namespaces needs root' };
  }
  const namespace = `cumulet-probe-${process.pid}`;
  try {
    for (const [failure, trial] of trials(namespace)) {
      try {
        await trial();
      } catch (error) {
        const cause = error instanceof ProcessError ? error.stderr.trim().split('\n')[0] : '';
        return { works: false, reason: cause ? `${failure}: ${cause}` : failure };
      }
    }
    return { works: true, reason: 'root, namespaces, bridges, taps, nftables and dnsmasq work' };
  } finally {
    await removeNamespace(namespace).catch(() => undefined);
  }
}
