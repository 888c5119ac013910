import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { decodeBase32, totpCode } from '#identity/logins/totp.ts';
import { type Clients, StoryCloud } from './clients.ts';

const password = 'a long password';
const device = 'GEZDGNBVGY3TQOJQ';
const stepMs = 30_000;

describe('passwords, codes and projects in projects with the unmodified client', () => {
  let story: StoryCloud;
  let admin: Clients;
  let uma: Record<string, string>;
  let stoppedMs: number | undefined;
  const clock = { ...systemClock, nowMs: () => stoppedMs ?? systemClock.nowMs() };

  before(async () => {
    story = await StoryCloud.open({ clock });
    admin = story.as('cumulet-admin');
    uma = story.environmentOf('uma', password, 'lab');
    await admin.openstack('project create whole');
    await admin.openstack('project create --parent whole lab');
    await admin.openstack('user create uma', ['--password', password]);
    await admin.openstack('role add --user uma --project whole --inherited member');
  });
  after(() => story?.close());

  test('a role that is inherited from the project above counts, and is listed', async () => {
    const list = 'role assignment list --effective --names --user uma --project lab';
    const rows = await admin.openstack(`${list} -f value -c Role -c User -c Project`);
    assert.deepEqual(rows.split('\n').sort(), [
      'member uma@Default lab@Default',
      'reader uma@Default lab@Default',
    ]);
    const types = await admin.openstackWith(uma, 'catalog list -f value -c Type');
    assert.ok(['compute', 'identity', 'image', 'network'].every((type) => types.includes(type)));
  });

  test('one’s own password is changed, and the token of the old one is over', async () => {
    const token = await admin.openstackWith(uma, 'token issue -f value -c id');
    const living = {
      OS_AUTH_TYPE: 'admin_token',
      OS_ENDPOINT: `${story.cloud.url}/v2.1`,
      OS_TOKEN: token,
    };
    assert.equal(await admin.openstackWith(living, 'server list -f value'), '');
    const change = ['--original-password', password, '--password', 'another long one'];
    await admin.openstackWith(uma, 'user password set', change);
    await assert.rejects(admin.openstackWith(living, 'server list'), /HTTP 401/);
    await assert.rejects(admin.openstackWith(uma, 'server list'), /HTTP 401/);
    uma = story.environmentOf('uma', 'another long one', 'lab');
    assert.equal(await admin.openstackWith(uma, 'server list -f value'), '');
  });

  test('who must bring a code beside the password gets in with both only', async () => {
    await admin.openstack(`credential create --type totp uma ${device}`);
    const rule = '--multi-factor-auth-rule password,totp --enable-multi-factor-auth';
    await admin.openstack(`user set ${rule} uma`);
    await assert.rejects(
      admin.openstackWith(uma, 'server list'),
      /Not all required auth rules were satisfied: \[\['password', 'totp'\]\]/,
    );
    const key = decodeBase32(device) ?? Buffer.alloc(0);
    // The code holds however long the client takes to start.
    stoppedMs = systemClock.nowMs();
    const auth = {
      auth_url: `${story.cloud.url}/v3`,
      username: 'uma',
      user_domain_name: 'Default',
      project_name: 'lab',
      project_domain_name: 'Default',
      auth_methods: ['v3password', 'v3totp'],
      password: 'another long one',
      passcode: totpCode(key, Math.floor(stoppedMs / stepMs)),
    };
    const methods = { auth_type: 'v3multifactor', auth_methods: auth.auth_methods };
    const clouds = { clouds: { both: { ...methods, auth } } };
    const file = await admin.writeFile('both.yaml', JSON.stringify(clouds));
    const both = { OS_CLIENT_CONFIG_FILE: file, OS_CLOUD: 'both' };
    assert.equal(await admin.openstackWith(both, 'server list -f value'), '');
    // A code opens once.
    await assert.rejects(admin.openstackWith(both, 'server list -f value'), /HTTP 401/);
  });
});
