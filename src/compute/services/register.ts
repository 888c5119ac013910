import type { Ids } from '#base/ids.ts';
import { unnumberedHosts, updateHost } from '#compute/hosts/store.ts';
import type { Queries } from '#db/database.ts';
import { controlBinaries } from './service-row.ts';
import { insertControlService, markControlSeen, nextServiceNumber } from './store.ts';

/** Gives numbers and UUIDs to what has none yet; what is known keeps its own. */
export async function registerServices(
  tx: Queries,
  ids: Ids,
  controlHost: string,
  nowMs: number,
): Promise<void> {
  let number = await nextServiceNumber(tx);
  for (const binary_name of controlBinaries) {
    const row = { number, uuid: ids.uuid(), binary_name, host: controlHost, seen_ms: nowMs };
    if (await insertControlService(tx, row)) number += 1;
  }
  await markControlSeen(tx, controlHost, nowMs);
  for (const name of await unnumberedHosts(tx)) {
    await updateHost(tx, name, { number, uuid: ids.uuid(), service_uuid: ids.uuid() });
    number += 1;
  }
}
