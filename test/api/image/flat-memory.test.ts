import assert from 'node:assert/strict';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { test } from 'node:test';
import { silentLog } from '#base/log.ts';
import { openFileStorage } from '#drivers/storage/file/file-storage.ts';
import type { Client } from '#test/client.ts';
import { startTestCloud } from '#test/cloud.ts';
import { createSimulatedHosts } from '#test/hosts.ts';
import { createImage, imagesPath } from './images.ts';

const chunk = Buffer.alloc(1024 * 1024, 'c');
const chunks = 384;
/** Less than the image: a process that kept it could not stay below. */
const maxGrowthBytes = 256 * 1024 * 1024;

test('an image many times larger than the memory allowed for it goes up and down', async () => {
  await using cloud = await startTestCloud({
    openDrivers: async (stateFolder) => ({
      ...(await createSimulatedHosts().openDrivers()),
      storage: await openFileStorage({ stateFolder, log: silentLog }),
    }),
  });
  const id = await createImage(cloud.demo, { name: 'large' });
  const path = `${imagesPath}/${id}/file`;
  const beforeBytes = process.memoryUsage.rss();
  let peakBytes = beforeBytes;
  const look = () => {
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  };
  assert.equal(await send(cloud.demo, path, look), 204);
  const { size, status } = (await cloud.demo.get(`${imagesPath}/${id}`)).body;
  assert.deepEqual({ size, status }, { size: chunks * chunk.length, status: 'active' });
  assert.equal(await receive(cloud.demo, path, look), chunks * chunk.length);
  const growthBytes = peakBytes - beforeBytes;
  assert.ok(growthBytes < maxGrowthBytes, `memory grew by ${growthBytes} bytes`);
});

async function send(client: Client, path: string, look: () => void): Promise<number> {
  const sent = request(client.url + path, {
    method: 'PUT',
    headers: { 'x-auth-token': client.token ?? '', 'content-type': 'application/octet-stream' },
  });
  const answered = new Promise<number>((resolve, reject) => {
    sent.once('response', (response) => resolve(response.resume().statusCode ?? 0));
    sent.once('error', reject);
  });
  const source = function* () {
    for (let index = 0; index < chunks; index += 1) {
      look();
      yield chunk;
    }
  };
  await pipeline(Readable.from(source()), sent);
  return answered;
}

/** @returns how many bytes came. */
async function receive(client: Client, path: string, look: () => void): Promise<number> {
  const response = await fetch(client.url + path, {
    headers: { 'x-auth-token': client.token ?? '' },
  });
  let bytes = 0;
  for await (const part of response.body ?? []) {
    look();
    bytes += part.length;
  }
  return bytes;
}
