import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  boundLogs,
  consoleKeptBytes,
  openForAppending,
  readConsole,
} from '#drivers/hypervisor/qemu/consoles/console-log.ts';
import { type GuestFolder, guestFolder } from '#drivers/hypervisor/qemu/guest-folder.ts';

async function withFolder(body: (folder: GuestFolder) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'cumulet-console-'));
  try {
    const folder = guestFolder(root, randomUUID());
    await mkdir(folder.path);
    await body(folder);
  } finally {
    await rm(root, { recursive: true });
  }
}

test('a console that grows without end keeps its newest part, in order, in bounded files', () =>
  withFolder(async (folder) => {
    const writer = await openForAppending(folder.consoleLog);
    let line = 0;
    for (let round = 0; round < 8; round += 1) {
      const lines = Array.from({ length: 50_000 }, () => `${line++}\n`);
      await writer.write(lines.join(''));
      await boundLogs(folder);
      assert.ok((await stat(folder.consoleLog)).size <= consoleKeptBytes);
    }
    await writer.close();
    const kept = (await readConsole(folder)).split('\n').slice(1, -1).map(Number);
    assert.equal(kept.at(-1), line - 1);
    assert.ok(kept.every((number, index) => number === (kept[0] ?? 0) + index));
    assert.ok(kept.length > 100_000);
    assert.ok((await stat(folder.consoleBefore)).size <= consoleKeptBytes);
  }));

test('a console that is a link to another file is neither read nor cut', () =>
  withFolder(async (folder) => {
    const victim = join(folder.path, 'victim');
    await writeFile(victim, 'x'.repeat(2 * consoleKeptBytes));
    await symlink(victim, folder.consoleLog);
    await assert.rejects(readConsole(folder), /ELOOP/);
    await assert.rejects(boundLogs(folder), /ELOOP/);
    assert.equal((await stat(victim)).size, 2 * consoleKeptBytes);
  }));
