import type { Queries } from '#db/database.ts';
import type { Region, Service, ServiceEndpoint } from './parts.ts';

export async function listRegionRows(db: Queries): Promise<Region[]> {
  const rows = await db.selectFrom('regions').selectAll().orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    parentId: row.parent_id,
    description: row.description,
    extra: JSON.parse(row.extra),
    isBuiltIn: false,
  }));
}

function regionRow(region: Region) {
  return {
    id: region.id,
    parent_id: region.parentId,
    description: region.description,
    extra: JSON.stringify(region.extra),
  };
}

export async function insertRegion(db: Queries, region: Region): Promise<void> {
  await db.insertInto('regions').values(regionRow(region)).execute();
}

export async function replaceRegion(db: Queries, region: Region): Promise<void> {
  await db.updateTable('regions').set(regionRow(region)).where('id', '=', region.id).execute();
}

export async function deleteRegionRows(db: Queries, ids: readonly string[]): Promise<void> {
  await db.deleteFrom('regions').where('id', 'in', ids).execute();
}

export async function listServiceRows(db: Queries): Promise<Service[]> {
  const query = db.selectFrom('catalog_services').selectAll();
  const rows = await query.orderBy('name').orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    name: row.name,
    description: row.description,
    isEnabled: row.enabled === 1,
    extra: JSON.parse(row.extra),
    isBuiltIn: false,
  }));
}

function serviceRow(service: Service) {
  return {
    id: service.id,
    type: service.type,
    name: service.name,
    description: service.description,
    enabled: service.isEnabled ? 1 : 0,
    extra: JSON.stringify(service.extra),
  };
}

export async function insertService(db: Queries, service: Service): Promise<void> {
  await db.insertInto('catalog_services').values(serviceRow(service)).execute();
}

export async function replaceService(db: Queries, service: Service): Promise<void> {
  const change = db.updateTable('catalog_services').set(serviceRow(service));
  await change.where('id', '=', service.id).execute();
}

/** Takes its addresses along. */
export async function deleteServiceRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('catalog_endpoints').where('service_id', '=', id).execute();
  await db.deleteFrom('catalog_services').where('id', '=', id).execute();
}

export async function listEndpointRows(db: Queries): Promise<ServiceEndpoint[]> {
  const query = db.selectFrom('catalog_endpoints').selectAll();
  const rows = await query.orderBy('service_id').orderBy('interface').orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    serviceId: row.service_id,
    regionId: row.region_id,
    interface: row.interface,
    url: row.url,
    isEnabled: row.enabled === 1,
    extra: JSON.parse(row.extra),
    isBuiltIn: false,
  }));
}

function endpointRow(endpoint: ServiceEndpoint) {
  return {
    id: endpoint.id,
    service_id: endpoint.serviceId,
    region_id: endpoint.regionId,
    interface: endpoint.interface,
    url: endpoint.url,
    enabled: endpoint.isEnabled ? 1 : 0,
    extra: JSON.stringify(endpoint.extra),
  };
}

export async function insertEndpoint(db: Queries, endpoint: ServiceEndpoint): Promise<void> {
  await db.insertInto('catalog_endpoints').values(endpointRow(endpoint)).execute();
}

export async function replaceEndpoint(db: Queries, endpoint: ServiceEndpoint): Promise<void> {
  const change = db.updateTable('catalog_endpoints').set(endpointRow(endpoint));
  await change.where('id', '=', endpoint.id).execute();
}

export async function deleteEndpointRow(db: Queries, id: string): Promise<void> {
  await db.deleteFrom('catalog_endpoints').where('id', '=', id).execute();
}
