import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Queries } from '#db/database.ts';
import type { Region, Service, ServiceEndpoint } from '#identity/catalog/parts.ts';
import {
  deleteEndpointRow,
  deleteRegionRows,
  deleteServiceRow,
  insertEndpoint,
  insertRegion,
  insertService,
  listEndpointRows,
  listRegionRows,
  listServiceRows,
  replaceEndpoint,
  replaceRegion,
  replaceService,
} from '#identity/catalog/store.ts';
import {
  deleteEndpointOfProject,
  deleteEndpointsOfProjects,
  deleteGroupRow,
  insertEndpointOfProject,
  insertGroup,
  insertGroupOfProject,
  listEndpointIdsOfProject,
  listGroupRows,
  listGroupRowsOfProject,
  listProjectIdsOfEndpoint,
  listProjectIdsOfGroup,
  replaceGroup,
} from '#identity/endpoint-filter/store.ts';
import {
  deleteAssociation,
  deleteAssociationsOf,
  listAssociationRows,
  putAssociation,
} from '#identity/endpoint-policy/store.ts';
import { deletePolicyRow, insertPolicy } from '#identity/policy-blobs/store.ts';
import { deleteProjectRow, insertProject } from '#identity/projects/store.ts';
import { eachDatabase } from '#test/databases.ts';

const plain = { description: 'd', extra: { note: 'ü' }, isBuiltIn: false };
const region: Region = { ...plain, id: 'r', parentId: null };
const service: Service = { ...plain, id: 's', type: 't', name: 'n', isEnabled: true };
const endpoint: ServiceEndpoint = {
  id: 'e',
  serviceId: 's',
  regionId: 'r',
  interface: 'public',
  url: 'http://x/$(project_id)s',
  isEnabled: true,
  extra: {},
  isBuiltIn: false,
};
const group = { id: 'g', name: 'some', description: null, filters: { interface: 'public' } };

async function insertProjects(db: Queries, ...ids: string[]): Promise<void> {
  const content = { description: '', isEnabled: true, tags: [], options: {}, extra: {} };
  for (const id of ids) {
    const place = { domainId: null, parentId: null, isDomain: true };
    await insertProject(db, { ...content, ...place, id, name: id });
  }
}

async function associate(queries: Queries): Promise<void> {
  for (const id of ['one', 'other']) {
    await insertPolicy(queries, { id, type: 't', blob: '', extra: {} });
  }
  const ofService = { endpointId: '', serviceId: 's', regionId: '', policyId: 'one' };
  const inRegion = { ...ofService, regionId: 'r' };
  await putAssociation(queries, ofService);
  await putAssociation(queries, { ...ofService, policyId: 'other' });
  await putAssociation(queries, inRegion);
  assert.equal((await listAssociationRows(queries)).length, 2);
  await deleteAssociation(queries, ofService);
  assert.equal((await listAssociationRows(queries)).length, 2);
  await deletePolicyRow(queries, 'other');
  assert.deepEqual(await listAssociationRows(queries), [inRegion]);
  await deleteAssociationsOf(queries, 'region_id', ['r', 'x']);
  assert.deepEqual(await listAssociationRows(queries), []);
}

eachDatabase('the catalog', (under) => {
  test('regions, services and endpoints are read as written, changed and deleted', async () => {
    await using opened = await under.open();
    const { queries } = opened.database;
    await insertRegion(queries, region);
    await insertRegion(queries, { ...region, id: 'below', parentId: 'r' });
    await insertService(queries, service);
    await insertEndpoint(queries, endpoint);
    assert.deepEqual(await listRegionRows(queries), [
      { ...region, id: 'below', parentId: 'r' },
      region,
    ]);
    assert.deepEqual(await listServiceRows(queries), [service]);
    assert.deepEqual(await listEndpointRows(queries), [endpoint]);
    await replaceRegion(queries, { ...region, description: 'changed' });
    await replaceService(queries, { ...service, isEnabled: false });
    await replaceEndpoint(queries, { ...endpoint, regionId: null, isEnabled: false });
    assert.equal((await listRegionRows(queries))[1]?.description, 'changed');
    assert.equal((await listServiceRows(queries))[0]?.isEnabled, false);
    assert.equal((await listEndpointRows(queries))[0]?.regionId, null);
    await insertEndpoint(queries, { ...endpoint, id: 'e2' });
    await deleteEndpointRow(queries, 'e2');
    assert.equal((await listEndpointRows(queries)).length, 1);
    await deleteServiceRow(queries, 's');
    assert.deepEqual(await listEndpointRows(queries), []);
    await deleteRegionRows(queries, ['r', 'below']);
    assert.deepEqual(await listRegionRows(queries), []);
  });

  test('what projects were given is given once, and ends with either end', async () => {
    await using opened = await under.open();
    const { queries } = opened.database;
    await insertProjects(queries, 'p', 'q');
    await insertGroup(queries, group);
    assert.equal(await insertGroupOfProject(queries, 'g', 'p'), true);
    assert.equal(await insertGroupOfProject(queries, 'g', 'p'), false);
    assert.equal(await insertEndpointOfProject(queries, 'e', 'p'), true);
    assert.equal(await insertEndpointOfProject(queries, 'e', 'p'), false);
    await insertEndpointOfProject(queries, 'e', 'q');
    assert.deepEqual(await listGroupRowsOfProject(queries, 'p'), [group]);
    assert.deepEqual(await listGroupRowsOfProject(queries, 'q'), []);
    assert.deepEqual(await listProjectIdsOfGroup(queries, 'g'), ['p']);
    assert.deepEqual((await listProjectIdsOfEndpoint(queries, 'e')).sort(), ['p', 'q']);
    await replaceGroup(queries, { ...group, filters: { interface: 'admin' } });
    assert.deepEqual((await listGroupRows(queries))[0]?.filters, { interface: 'admin' });
    assert.equal(await deleteEndpointOfProject(queries, 'e', 'q'), true);
    assert.equal(await deleteEndpointOfProject(queries, 'e', 'q'), false);
    await deleteGroupRow(queries, 'g');
    assert.deepEqual(await listGroupRowsOfProject(queries, 'p'), []);
    await insertEndpointOfProject(queries, 'e2', 'p');
    await deleteEndpointsOfProjects(queries, ['e2']);
    assert.deepEqual(await listEndpointIdsOfProject(queries, 'p'), ['e']);
    await deleteProjectRow(queries, 'p');
    assert.deepEqual(await listProjectIdsOfEndpoint(queries, 'e'), []);
  });

  test('one place has one policy, until the policy or the place ends', async () => {
    await using opened = await under.open();
    const { queries } = opened.database;
    await associate(queries);
  });
});
