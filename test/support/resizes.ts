import type { Client } from './client.ts';
import type { TestCloud } from './cloud.ts';
import { flavorId } from './servers.ts';

/** Asks for an action and waits until nothing more happens. @returns the status of the answer */
export async function settleAction(
  cloud: TestCloud,
  id: string,
  body: object,
  client: Client = cloud.demo,
): Promise<number> {
  const { status } = await client.post(`/v2.1/servers/${id}/action`, body);
  await cloud.cloud.services.operations.whenIdle();
  return status;
}

/** Resizes to this flavor; the server waits to be confirmed or reverted. */
export async function resizeTo(cloud: TestCloud, id: string, flavor: string): Promise<void> {
  const flavorRef = await flavorId(cloud.demo, flavor);
  const status = await settleAction(cloud, id, { resize: { flavorRef } });
  if (status !== 202) throw new Error(`resize: ${status}`);
}

/** As an administrator sees it. */
export async function shown(cloud: TestCloud, id: string) {
  return (await cloud.admin.get(`/v2.1/servers/${id}`)).body.server;
}

/** Statuses of the server's migrations, the first one first. */
export async function migrationStatuses(cloud: TestCloud, id: string): Promise<string[]> {
  const { body } = await cloud.admin.get(`/v2.1/os-migrations?instance_uuid=${id}`);
  return body.migrations.map((migration: { status: string }) => migration.status);
}
