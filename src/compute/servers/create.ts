import { computeErrors } from '#compute/errors.ts';
import { refuseAction } from '#compute/instance-actions/refuse.ts';
import type { CreateServerInput } from '#compute/operations/create-server.ts';
import { openPlacer, type Wanted } from '#compute/placement/placer.ts';
import { insertTags } from '#compute/server-tags/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import { isAdmin } from '#policy/actor.ts';
import { explain } from '#scheduler/placement.ts';
import { type Asked, recordAction } from './act.ts';
import { newAdminPassword } from './admin-password.ts';
import { insertFiles } from './files-store.ts';
import { readHints } from './hints.ts';
import { type NewRow, newRow, placeRow } from './new-row.ts';
import type { NewServers } from './new-servers.ts';
import { countWithinQuota } from './quota.ts';
import { type Resolved, requireUserData, resolveReferences } from './resolve.ts';
import { sealAdminPass } from './sealed-password.ts';
import { insertServer } from './store.ts';

export interface CreatedServers {
  ids: string[];
  reservationId: string;
  adminPass: string;
  diskConfig: 'AUTO' | 'MANUAL';
}

/**
 * Checks all that the servers refer to, then in one transaction checks the quota, claims hosts,
 * and records servers, instance actions and operations. Between `minCount` and `maxCount` as many
 * are made as quota and hosts allow; those of the least number that no host takes are recorded in
 * error with a fault, as Nova does.
 */
export async function createServers(
  service: ComputeService,
  asked: Asked,
  request: NewServers,
): Promise<CreatedServers> {
  const projectId = asked.actor.projectId;
  if (projectId === null) throw computeErrors.projectNeeded();
  requireUserData(request.userData);
  const resolved = await resolveReferences(service, asked.actor, request);
  const adminPass = request.adminPass ?? newAdminPassword(service.ids);
  const reservationId = `r-${service.ids.hex().slice(0, 8)}`;
  const ids = await service.placing(async (tx, record) => {
    const taker = { projectId, userId: asked.actor.userId };
    const count = await countWithinQuota(tx, taker, request, resolved.flavor, service.quota);
    const placer = await openPlacer(service, tx, wantedOf(asked, projectId, request, resolved));
    const created: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const group = { reservationId, index, count };
      const row = newRow(service, asked, projectId, request, resolved, group);
      const placement = await placer.place(row.id);
      if (!placement.host && index >= request.minCount) break;
      await recordServer(service, tx, asked, request, placeRow(service, row, placement));
      created.push(row.id);
      if (!placement.host) {
        await refuseAction(service, tx, asked, row.id, explain(placement.explanation));
        continue;
      }
      const sealedAdminPass = sealAdminPass(service, row.id, adminPass);
      const input: CreateServerInput = { plans: resolved.plans, sealedAdminPass };
      const { requestId } = asked;
      await record({ kind: 'create-server', subject: row.id, projectId, requestId, input });
    }
    return created;
  });
  return { ids, reservationId, adminPass, diskConfig: resolved.diskConfig };
}

async function recordServer(
  service: ComputeService,
  tx: Queries,
  asked: Asked,
  request: NewServers,
  row: NewRow,
): Promise<void> {
  await insertServer(tx, row);
  await insertTags(tx, row.id, request.tags);
  await insertFiles(tx, row.id, request.files);
  await recordAction(service, tx, asked, { id: row.id, projectId: row.project_id }, 'create');
}

/** What all servers of the request ask of their hosts. */
function wantedOf(
  asked: Asked,
  projectId: string,
  request: NewServers,
  { flavor, image }: Resolved,
): Wanted {
  const { zone, host, node } = request.place;
  return {
    projectId,
    flavor,
    imageProperties: image.properties,
    zone,
    host,
    node,
    hints: readHints(request.hints),
    isAdmin: isAdmin(asked.actor),
  };
}
