import type { Seals } from '#base/sealing/seals.ts';
import { rowContext } from '#db/sealed-columns.ts';

/** A password waits in its server's operation until a host sets it. */
export function sealAdminPass(
  service: { seals: Seals },
  serverId: string,
  adminPass: string,
): string {
  return service.seals.seal(adminPass, rowContext('operations', serverId));
}

export function openAdminPass(
  service: { seals: Seals },
  operation: { subject: string; input: { sealedAdminPass: string } },
): string {
  const context = rowContext('operations', operation.subject);
  return service.seals.open(operation.input.sealedAdminPass, context);
}
