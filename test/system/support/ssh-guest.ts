import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '#test/client.ts';
import { eventually } from '#test/eventually.ts';
import { flavorId, networkId } from '#test/servers.ts';
import { GuestShell } from './guest-shell.ts';

const activeTimeoutMs = 120_000;

export interface SshGuest {
  id: string;
  inside: GuestShell;
  /** As only its config drive says it. */
  adminPass: string;
}

/** A server of the test image that says it runs, and the way into it by ssh. */
export async function makeSshGuest(demo: Client, stateDirectory: string): Promise<SshGuest> {
  await openSsh(demo);
  const { keypair } = (await demo.post('/v2.1/os-keypairs', { keypair: { name: 'me' } })).body;
  writeFileSync(join(stateDirectory, 'key.pem'), keypair.private_key, { mode: 0o600 });
  const { images } = (await demo.get('/image/v2/images?name=tiny')).body;
  const uuid = await networkId(demo);
  const rest = { flavorRef: await flavorId(demo, 'm1.nano'), networks: [{ uuid }], key_name: 'me' };
  const server = { name: 'one', imageRef: images[0].id, config_drive: true, ...rest };
  const made = await demo.post('/v2.1/servers', { server });
  assert.equal(made.status, 202, JSON.stringify(made.body));
  const { id, adminPass } = made.body.server;
  const active = await eventually(
    'the server is active',
    async () => {
      const { body } = await demo.get(`/v2.1/servers/${id}`);
      assert.notEqual(body.server.status, 'ERROR', JSON.stringify(body.server.fault));
      return body.server.status === 'ACTIVE' && body.server;
    },
    activeTimeoutMs,
  );
  const [address] = Object.values(active.addresses)[0] as { addr: string }[];
  return { id, inside: new GuestShell(uuid, address?.addr ?? '', stateDirectory), adminPass };
}

async function openSsh(demo: Client): Promise<void> {
  const { body } = await demo.get('/network/v2.0/security-groups?name=default');
  const rule = { direction: 'ingress', protocol: 'tcp', port_range_min: 22, port_range_max: 22 };
  const security_group_rule = { ...rule, security_group_id: body.security_groups[0].id };
  const made = await demo.post('/network/v2.0/security-group-rules', { security_group_rule });
  assert.equal(made.status, 201, JSON.stringify(made.body));
}
