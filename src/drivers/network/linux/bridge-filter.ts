import { access } from 'node:fs/promises';
import { run } from '#base/process.ts';
import { sysctl } from './in-namespace.ts';

/**
 * Makes packets that cross a bridge of this namespace pass its IP filters, where the state of
 * their connections is known. Loads the kernel's module when it is not there yet.
 */
export async function filterBridgedPackets(namespace: string): Promise<void> {
  const missing = await access('/proc/sys/net/bridge').then(
    () => false,
    () => true,
  );
  if (missing) await run('modprobe', ['br_netfilter']);
  await sysctl(namespace, {
    'net.bridge.bridge-nf-call-iptables': 1,
    'net.bridge.bridge-nf-call-ip6tables': 1,
    'net.bridge.bridge-nf-call-arptables': 0,
  });
}
