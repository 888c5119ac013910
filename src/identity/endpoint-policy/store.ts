import type { Queries } from '#db/database.ts';
import type { PolicyPlace } from './place.ts';

export interface PolicyAssociation extends PolicyPlace {
  policyId: string;
}

export async function listAssociationRows(db: Queries): Promise<PolicyAssociation[]> {
  const rows = await db.selectFrom('policy_associations').selectAll().execute();
  return rows.map((row) => ({
    endpointId: row.endpoint_id,
    serviceId: row.service_id,
    regionId: row.region_id,
    policyId: row.policy_id,
  }));
}

/** Takes the place of the one that was there. */
export async function putAssociation(db: Queries, association: PolicyAssociation): Promise<void> {
  const { endpointId, serviceId, regionId, policyId } = association;
  const key = { endpoint_id: endpointId, service_id: serviceId, region_id: regionId };
  await db
    .insertInto('policy_associations')
    .values({ ...key, policy_id: policyId })
    .onConflict((conflict) =>
      conflict
        .columns(['endpoint_id', 'service_id', 'region_id'])
        .doUpdateSet({ policy_id: policyId }),
    )
    .execute();
}

/** Nothing happens where there is none. */
export async function deleteAssociation(
  db: Queries,
  { endpointId, serviceId, regionId, policyId }: PolicyAssociation,
): Promise<void> {
  await db
    .deleteFrom('policy_associations')
    .where('endpoint_id', '=', endpointId)
    .where('service_id', '=', serviceId)
    .where('region_id', '=', regionId)
    .where('policy_id', '=', policyId)
    .execute();
}

/** For the deletion of what they are of. */
export async function deleteAssociationsOf(
  db: Queries,
  part: 'endpoint_id' | 'service_id' | 'region_id',
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await db.deleteFrom('policy_associations').where(part, 'in', ids).execute();
}
