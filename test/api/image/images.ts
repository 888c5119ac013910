import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '#base/process.ts';
import type { Answered, Client } from '#test/client.ts';
import { temporaryState } from '#test/state.ts';

export const imagesPath = '/image/v2/images';

/** A queued image; `raw` in a `bare` container unless told otherwise. @returns its id. */
export async function createImage(client: Client, attributes: object = {}): Promise<string> {
  const body = { disk_format: 'raw', container_format: 'bare', ...attributes };
  const answer = await client.post(imagesPath, body);
  if (answer.status !== 201) throw new Error(`create: ${JSON.stringify(answer.body)}`);
  return answer.body.id;
}

export function upload(client: Client, id: string, data: Uint8Array): Promise<Answered> {
  const headers = { 'content-type': 'application/octet-stream' };
  return client.put(`${imagesPath}/${id}/file`, data, headers);
}

/** An image with data. @returns its id. */
export async function createActiveImage(
  client: Client,
  attributes: object = {},
  data: Uint8Array = new Uint8Array(1024).fill(7),
): Promise<string> {
  const id = await createImage(client, attributes);
  const answer = await upload(client, id, data);
  if (answer.status !== 204) throw new Error(`upload: ${JSON.stringify(answer.body)}`);
  return id;
}

export function patch(client: Client, id: string, changes: unknown, dialect = 'v2.1') {
  const type = `application/openstack-images-${dialect}-json-patch`;
  return client.patch(`${imagesPath}/${id}`, JSON.stringify(changes), { 'content-type': type });
}

/** A real qcow2 of that size with these options, in which `{file}` stands for its path. */
export async function makeQcow2(size: string, options: readonly string[] = []): Promise<Buffer> {
  const state = temporaryState();
  try {
    const file = join(state.path, 'disk');
    const named = options.map((option) => option.replaceAll('{file}', file));
    await run('qemu-img', ['create', '-q', '-f', 'qcow2', ...named, file, size]);
    return await readFile(file);
  } finally {
    state[Symbol.dispose]();
  }
}
