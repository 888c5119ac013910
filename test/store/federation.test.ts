import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Queries } from '#db/database.ts';
import {
  deleteMappingRow,
  deleteProtocolRow,
  deleteProviderRow,
  deleteServiceProviderRow,
  listMappingRows,
  listProtocolRows,
  listProviderRows,
  listServiceProviderRows,
  putMapping,
  putProtocol,
  putProvider,
  putServiceProvider,
} from '#identity/federation/store.ts';
import {
  deleteLapsedMembers,
  endFederatedRights,
  findFederatedUserId,
  hasLapsedMembers,
  insertFederatedUser,
  listFederatedGroupIds,
  replaceFederatedGroups,
} from '#identity/federation/users-store.ts';
import { insertGroup } from '#identity/groups/store.ts';
import { insertProject } from '#identity/projects/store.ts';
import { insertUser, listUserRows } from '#identity/users/store.ts';
import { eachDatabase } from '#test/databases.ts';

const provider = {
  id: 'corp',
  domainId: 'd',
  isEnabled: true,
  description: null,
  remoteIds: ['https://corp.example'],
  authorizationMinutes: 5,
};
const mapping = { id: 'm', rules: [{ local: [{ user: { name: '{0}' } }], remote: [] }] };
const protocol = { idpId: 'corp', id: 'openid', mappingId: 'm', audiences: ['a', 'b'] };
const serviceProvider = {
  id: 'sp',
  authUrl: 'https://a.example',
  spUrl: 'https://s.example',
  description: 'd',
  isEnabled: false,
  relayStatePrefix: 'ss:mem:',
};
const ann = { idpId: 'corp', protocolId: 'openid', uniqueId: 'ann' };

async function prepared(db: Queries): Promise<void> {
  const content = { description: '', isEnabled: true, tags: [], options: {}, extra: {} };
  const place = { domainId: null, parentId: null, isDomain: true };
  await insertProject(db, { ...content, ...place, id: 'd', name: 'd' });
  await putMapping(db, mapping);
  await putProvider(db, provider);
  await putProtocol(db, protocol);
}

async function insertAnn(db: Queries): Promise<void> {
  await insertUser(db, {
    id: 'u',
    domainId: 'd',
    name: 'ann',
    isEnabled: true,
    defaultProjectId: null,
    passwordHash: null,
    passwordChangedMs: null,
    passwordExpiresMs: null,
    passwordIsOwn: false,
    lastActiveMs: null,
    options: {},
    extra: {},
  });
  await insertFederatedUser(db, ann, 'u');
}

eachDatabase('federation', (under) => {
  test('what is configured is read as written, changed in place, and deleted', async () => {
    await using opened = await under.open();
    const { queries } = opened.database;
    await prepared(queries);
    await putServiceProvider(queries, serviceProvider);
    assert.deepEqual(await listProviderRows(queries), [provider]);
    assert.deepEqual(await listMappingRows(queries), [mapping]);
    assert.deepEqual(await listProtocolRows(queries, 'corp'), [protocol]);
    assert.deepEqual(await listProtocolRows(queries, 'other'), []);
    assert.deepEqual(await listServiceProviderRows(queries), [serviceProvider]);
    await putProvider(queries, { ...provider, isEnabled: false, remoteIds: [] });
    await putProtocol(queries, { ...protocol, audiences: [] });
    assert.equal((await listProviderRows(queries))[0]?.isEnabled, false);
    assert.deepEqual((await listProtocolRows(queries))[0]?.audiences, []);
    await deleteServiceProviderRow(queries, 'sp');
    await deleteProtocolRow(queries, 'corp', 'openid');
    await deleteMappingRow(queries, 'm');
    assert.deepEqual(await listServiceProviderRows(queries), []);
    assert.deepEqual(await listProtocolRows(queries), []);
    assert.deepEqual(await listMappingRows(queries), []);
  });

  test('users are known by provider, protocol and name there, and found by these', async () => {
    await using opened = await under.open();
    const { queries } = opened.database;
    await prepared(queries);
    await insertAnn(queries);
    assert.equal(await findFederatedUserId(queries, ann), 'u');
    assert.equal(await findFederatedUserId(queries, { ...ann, uniqueId: 'bob' }), undefined);
    const found = async (federated: object) => {
      const page = { limit: 10, marker: undefined };
      return (await listUserRows(queries, { federated }, page)).items.map(({ id }) => id);
    };
    assert.deepEqual(await found({ idpId: 'corp' }), ['u']);
    assert.deepEqual(await found({ protocolId: 'openid', uniqueId: 'ann' }), ['u']);
    assert.deepEqual(await found({ idpId: 'corp', uniqueId: 'bob' }), []);
    await assert.rejects(insertFederatedUser(queries, ann, 'u'));
    await deleteProviderRow(queries, 'corp');
    assert.equal(await findFederatedUserId(queries, ann), undefined);
  });

  test('groups that a log-in gave are replaced by the next, end with the provider', async () => {
    await using opened = await under.open();
    const { queries } = opened.database;
    await prepared(queries);
    await insertAnn(queries);
    for (const id of ['dev', 'ops']) {
      const rest = { domainId: 'd', description: '', extra: {} };
      await insertGroup(queries, { ...rest, id, name: id });
    }
    const untilMs = 1_900_000_000_000;
    await replaceFederatedGroups(queries, 'u', ['ops', 'dev'], untilMs);
    assert.deepEqual(await listFederatedGroupIds(queries, 'u'), ['dev', 'ops']);
    await replaceFederatedGroups(queries, 'u', ['ops'], untilMs);
    assert.deepEqual(await listFederatedGroupIds(queries, 'u'), ['ops']);
    assert.equal(await hasLapsedMembers(queries, untilMs - 1), false);
    await deleteLapsedMembers(queries, untilMs - 1);
    assert.equal(await hasLapsedMembers(queries, untilMs), true);
    await endFederatedRights(queries, 'corp', 'another');
    assert.deepEqual(await listFederatedGroupIds(queries, 'u'), ['ops']);
    await endFederatedRights(queries, 'corp', 'openid');
    assert.deepEqual(await listFederatedGroupIds(queries, 'u'), []);
    await replaceFederatedGroups(queries, 'u', ['dev'], untilMs);
    await deleteLapsedMembers(queries, untilMs);
    assert.deepEqual(await listFederatedGroupIds(queries, 'u'), []);
  });
});
