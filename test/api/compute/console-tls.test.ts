import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';
import { tokenOf } from '#test/consoles.ts';
import { makeServer } from '#test/servers.ts';

test('a console behind TLS tells its port with TLS since 2.99', async () => {
  const config = { publicUrl: 'https://cloud.example.org:8443' };
  await using cloud = await startTestCloud({ consoleTypes: ['novnc'], config });
  const id = await makeServer(cloud);
  const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
  const wanted = { remote_console: { protocol: 'vnc', type: 'novnc' } };
  const path = `/v2.1/servers/${id}/remote-consoles`;
  const { body } = await cloud.demo.post(path, wanted, at('2.99'));
  const token = tokenOf(body.remote_console.url);
  const place = async (version: string) =>
    (await cloud.admin.get(`/v2.1/os-console-auth-tokens/${token}`, at(version))).body.console;
  const { tls_port: port, ...rest } = await place('2.99');
  assert.equal(port, 8443);
  assert.deepEqual(rest, await place('2.98'));
});
