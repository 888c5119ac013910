import type { ComputeService } from '#compute/service.ts';
import { rowContext } from '#db/sealed-columns.ts';
import { insertCredential, sealedCredentials } from './credential-store.ts';

const credentialBytes = 32;
const contextOf = (host: string) => rowContext('host_credentials', host);

/**
 * Lets this process's hosts speak: each has a credential of its own, made when it first registers
 * and kept sealed.
 * @returns them by host, for those who serve the agents.
 */
export async function admitHosts(
  service: Pick<ComputeService, 'database' | 'seals' | 'ids' | 'hosts' | 'bus'>,
): Promise<Map<string, string>> {
  const { database, seals, ids, hosts, bus } = service;
  const sealed = await database.transaction(async (tx) => {
    const known = await sealedCredentials(tx);
    for (const { name } of hosts.filter((host) => !known.has(host.name))) {
      const credential = seals.seal(ids.secret(credentialBytes), contextOf(name));
      await insertCredential(tx, name, credential);
      known.set(name, credential);
    }
    return known;
  });
  const opened = new Map(
    hosts.map(({ name }) => [name, seals.open(sealed.get(name) ?? '', contextOf(name))]),
  );
  for (const [host, credential] of opened) bus.admit(host, credential);
  return opened;
}
