import assert from 'node:assert/strict';
import { chmod, chown, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { groupsToOpen, openDeviceToGuests } from '#base/guest-devices.ts';
import { silentLog } from '#base/log.ts';
import { temporaryState } from '#test/state.ts';

test('a device that is closed to guests is opened to them, as udev does, and said so', async () => {
  using state = temporaryState();
  const device = join(state.path, 'tun');
  await writeFile(device, '');
  await chmod(device, 0o600);
  const warnings: unknown[] = [];
  const log = { ...silentLog, warn: (facts: unknown) => warnings.push(facts) } as typeof silentLog;
  await openDeviceToGuests(log, device);
  assert.equal((await stat(device)).mode & 0o777, 0o666);
  assert.deepEqual(warnings, [{ device }]);
  await openDeviceToGuests(log, device);
  assert.equal(warnings.length, 1);
});

test('a device of a group is opened by it, unless that is root’s', async () => {
  using state = temporaryState();
  const device = join(state.path, 'kvm');
  await writeFile(device, '');
  await chmod(device, 0o660);
  await chown(device, 0, 4711);
  assert.deepEqual(await groupsToOpen(silentLog, device), [4711]);
  assert.equal((await stat(device)).mode & 0o777, 0o660);
  await chown(device, 0, 0);
  assert.deepEqual(await groupsToOpen(silentLog, device), []);
  assert.equal((await stat(device)).mode & 0o777, 0o666);
});
