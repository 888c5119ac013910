import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { randomIds } from '#base/ids.ts';
import { makeKey, readKeys, writeKeys } from '#base/sealing/key-file.ts';
import { openSeals } from '#base/sealing/seals.ts';
import { lockState } from '#cli/state-lock.ts';
import { openDatabase } from '#db/database.ts';
import { rowContext } from '#db/sealed-columns.ts';
import { readSecrets } from '../../src/cloud/secrets.ts';
import { startMain, temporaryDirectory } from './started-process.ts';

const context = rowContext('host_credentials', 'host-1');

describe('seals', () => {
  it('open what they sealed, where it was sealed for and nowhere else', () => {
    const seals = openSeals([makeKey(randomIds)], randomIds);
    const sealed = seals.seal('pssst', context);
    assert.equal(seals.open(sealed, context), 'pssst');
    assert.ok(!sealed.includes('pssst'));
    assert.notEqual(seals.seal('pssst', context), sealed);
    assert.throws(() => seals.open(sealed, rowContext('host_credentials', 'host-2')));
  });

  it('do not open what was changed, in any of its parts', () => {
    const [first, second] = [makeKey(randomIds), makeKey(randomIds)];
    const seals = openSeals([first, second], randomIds);
    const sealed = seals.seal('pssst', context);
    const flipped = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
    assert.throws(() => seals.open(flipped, context));
    assert.throws(() => seals.open(sealed.replace(second.id, first.id), context));
    assert.throws(() => seals.open(sealed.slice(0, -20), context));
    assert.throws(() => seals.open(`${sealed}x`, context));
    assert.throws(() => seals.open(`${sealed}=`, context));
  });

  it('open by all keys, seal by the newest, and name a key that is gone', () => {
    const [old, young] = [makeKey(randomIds), makeKey(randomIds)];
    const sealed = openSeals([old], randomIds).seal('pssst', context);
    const both = openSeals([old, young], randomIds);
    assert.equal(both.open(sealed, context), 'pssst');
    const onlyYoung = openSeals([young], randomIds);
    assert.equal(onlyYoung.open(both.seal('again', context), context), 'again');
    assert.throws(() => onlyYoung.open(sealed, context), new RegExp(`no key ${old.id}`));
  });
});

describe('the key file', () => {
  it('is made once, for its owner only, and is read again', () => {
    using state = temporaryDirectory();
    const { sealKeys } = readSecrets(state.path, randomIds);
    assert.equal(statSync(join(state.path, 'keys.json')).mode & 0o777, 0o600);
    assert.deepEqual(readSecrets(state.path, randomIds).sealKeys, sealKeys);
    assert.ok(!readFileSync(join(state.path, 'secrets.json'), 'utf8').includes('sealKey'));
  });

  it('takes over the only key of earlier versions, and what it sealed still opens', () => {
    using state = temporaryDirectory();
    const key = randomBytes(32);
    const passwords = { admin: 'a', demo: 'd' };
    const former = JSON.stringify({ passwords, sealKey: key.toString('base64url') });
    writeFileSync(join(state.path, 'secrets.json'), former);
    const secrets = readSecrets(state.path, randomIds);
    assert.deepEqual(secrets.passwords, passwords);
    assert.deepEqual(
      secrets.sealKeys.map((row) => row.opensUnmarked),
      [true],
    );
    // Sealed with the bytes 00 to 1f as key by the last version without key ids.
    const known = { id: 'k', key: Buffer.from([...Array(32).keys()]), opensUnmarked: true };
    const unmarked = 'BwcHBwcHBwcHBwcHF+Xe9m0fCfOzLqmbE3XoG38Z1S8b';
    assert.equal(openSeals([known], randomIds).open(unmarked, context), 'pssst');
    const later = openSeals([{ ...known, opensUnmarked: false }], randomIds);
    assert.throws(() => later.open(unmarked, context), /without naming one/);
  });

  it('is refused when it cannot be read, and never replaced', () => {
    using state = temporaryDirectory();
    writeFileSync(join(state.path, 'keys.json'), '{"keys": [{"id": "x", "key": "short"}]}');
    assert.throws(() => readSecrets(state.path, randomIds), /keys\.json cannot be read: key x/);
  });
});

async function credentialOf(path: string): Promise<string> {
  const database = await openDatabase(join(path, 'cumulet.sqlite'));
  const rows = await database.queries.selectFrom('host_credentials').selectAll().execute();
  await database.close();
  return openSeals(readKeys(path) ?? [], randomIds).open(rows[0]?.sealed ?? '', context);
}

async function stateWithSecret(path: string): Promise<void> {
  const seals = openSeals(readSecrets(path, randomIds).sealKeys, randomIds);
  const database = await openDatabase(join(path, 'cumulet.sqlite'));
  const row = { host: 'host-1', sealed: seals.seal('pssst', context) };
  await database.queries.insertInto('host_credentials').values(row).execute();
  await database.close();
}

describe('cumulet rotate-keys', () => {
  it('seals everything by a new key and drops the former one', async () => {
    using state = temporaryDirectory();
    await stateWithSecret(state.path);
    const before = readKeys(state.path) ?? [];
    const { exitCode, stdout } = await startMain(['rotate-keys', '--state', state.path]).ended;
    assert.deepEqual([exitCode, stdout.slice(0, 9)], [0, '1 secrets']);
    const after = readKeys(state.path) ?? [];
    assert.equal(after.length, 1);
    assert.notEqual(after[0]?.id, before[0]?.id);
    assert.equal(await credentialOf(state.path), 'pssst');
  });

  it('goes on where an earlier run was ended between the keys and the rows', async () => {
    using state = temporaryDirectory();
    await stateWithSecret(state.path);
    writeKeys(state.path, [...(readKeys(state.path) ?? []), makeKey(randomIds)]);
    assert.equal(await credentialOf(state.path), 'pssst');
    assert.equal((await startMain(['rotate-keys', '--state', state.path]).ended).exitCode, 0);
    assert.equal(readKeys(state.path)?.length, 1);
    assert.equal(await credentialOf(state.path), 'pssst');
  });

  it('keeps all keys when a row does not open, and names the row', async () => {
    using state = temporaryDirectory();
    await stateWithSecret(state.path);
    const kept = readKeys(state.path) ?? [];
    writeKeys(state.path, [makeKey(randomIds)]);
    const { exitCode, stderr } = await startMain(['rotate-keys', '--state', state.path]).ended;
    assert.equal(exitCode, 1);
    assert.match(stderr, /sealed in row host-1 of host_credentials does not open/);
    writeKeys(state.path, [...kept, ...(readKeys(state.path) ?? [])]);
    assert.equal(await credentialOf(state.path), 'pssst');
  });

  it('is refused while the state directory is served', async () => {
    using state = temporaryDirectory();
    await stateWithSecret(state.path);
    const lock = lockState(state.path);
    const { exitCode, stderr } = await startMain(['rotate-keys', '--state', state.path]).ended;
    lock?.release();
    assert.equal(exitCode, 1);
    assert.match(stderr, /is served by process \d+, which has the keys; stop it first/);
    assert.equal(readKeys(state.path)?.length, 1);
  });
});
