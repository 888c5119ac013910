import assert from 'node:assert/strict';
import { chmod, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { silentLog } from '#base/log.ts';
import { openTunToGuests } from '#drivers/network/linux/tun-device.ts';
import { temporaryState } from '#test/state.ts';

test('a device that is closed to guests is opened to them, as udev does, and said so', async () => {
  using state = temporaryState();
  const device = join(state.path, 'tun');
  await writeFile(device, '');
  await chmod(device, 0o600);
  const warnings: unknown[] = [];
  const log = { ...silentLog, warn: (facts: unknown) => warnings.push(facts) } as typeof silentLog;
  await openTunToGuests(log, device);
  assert.equal((await stat(device)).mode & 0o777, 0o666);
  assert.deepEqual(warnings, [{ device }]);
  await openTunToGuests(log, device);
  assert.equal(warnings.length, 1);
});
