import { readdir } from 'node:fs/promises';
import type { NetworkInventory } from '../network.ts';
import { namespaceExists, readLinks } from './in-namespace.ts';
import { type AliasKind, idOfAlias } from './names.ts';
import type { Wiring } from './wiring.ts';

/**
 * What the kernel holds, and what our folder says was begun: a thing counts until its last part
 * is gone.
 */
export async function readInventory(wiring: Wiring): Promise<NetworkInventory> {
  const links = (await namespaceExists(wiring.switch)) ? await readLinks(wiring.switch) : [];
  const find = async (kind: AliasKind, more: Iterable<string> = []) => {
    const inKernel = links.flatMap((link) => idOfAlias(kind, link.ifalias) ?? []);
    const begun = await readdir(`${wiring.runFolder}/${kind}s`).catch(() => []);
    return [...new Set([...inKernel, ...begun, ...more])].sort();
  };
  return {
    networkIds: await find('network'),
    routerIds: await find('router'),
    portIds: await find('port', wiring.filters.portIds),
  };
}
