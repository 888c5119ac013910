import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type OpenIdProvider, startOpenIdProvider } from '#test/openid.ts';
import { type Clients, StoryCloud } from './clients.ts';

describe('scopes, catalog and federation with the unmodified client', () => {
  let story: StoryCloud;
  let admin: Clients;
  let openid: OpenIdProvider;

  before(async () => {
    story = await StoryCloud.open();
    admin = story.as('cumulet-admin');
    openid = await startOpenIdProvider({ ann: ['ops'] });
  });
  after(async () => {
    await openid?.[Symbol.asyncDispose]();
    await story?.close();
  });

  const identity = (more: Record<string, string>) => ({
    OS_AUTH_URL: `${story.cloud.cloud.url}/v3`,
    OS_IDENTITY_API_VERSION: '3',
    ...more,
  });

  test('an administrator works in the scope of the system', async () => {
    const environment = identity({
      OS_USERNAME: 'admin',
      OS_PASSWORD: story.cloud.cloud.passwords.admin,
      OS_USER_DOMAIN_NAME: 'Default',
      OS_SYSTEM_SCOPE: 'all',
    });
    const roles = 'role assignment list --system all --names -f value -c Role -c System';
    assert.equal(await admin.openstackWith(environment, roles), 'admin all');
    const users = await admin.openstackWith(environment, 'user list -f value -c Name');
    assert.deepEqual(users.split('\n').sort(), ['admin', 'demo']);
  });

  test('regions, services and endpoints are added and taken away', async () => {
    await admin.openstack('region create --description far far');
    await admin.openstack('service create --name swift object-store');
    await admin.openstack('endpoint create --region far swift public http://swift.example');
    assert.match(await admin.openstack('catalog show swift'), /http:\/\/swift\.example/);
    await admin.openstack('service delete swift');
    await admin.openstack('region delete far');
  });

  test('limits are registered and given', async () => {
    const register = 'registered limit create --service nova --default-limit 10 cores';
    await admin.openstack(register);
    const give = 'limit create --project demo --service nova --resource-limit 5 cores';
    assert.equal((await admin.show(give)).resource_limit, 5);
  });

  test('a user of an OpenID provider works in the project of their group', async () => {
    const { issuer } = openid;
    const rules = [
      {
        remote: [{ type: 'preferred_username' }, { type: 'groups' }],
        local: [{ user: { name: '{0}' } }, { groups: '{1}', domain: { name: 'Default' } }],
      },
    ];
    await admin.openstack('group create ops');
    await admin.openstack('role add --group ops --project demo member');
    await admin.openstack(`identity provider create --remote-id ${issuer} corp`);
    const file = await admin.writeFile('rules.json', JSON.stringify(rules));
    await admin.openstack(`mapping create --rules ${file} corp`);
    const protocol = 'federation protocol create --identity-provider corp --mapping corp openid';
    await admin.openstack(protocol);
    const environment: Record<string, string> = identity({
      OS_AUTH_TYPE: 'v3oidcaccesstoken',
      OS_IDENTITY_PROVIDER: 'corp',
      OS_PROTOCOL: 'openid',
      OS_ACCESS_TOKEN: await openid.tokenOf('ann'),
      OS_PROJECT_NAME: 'demo',
      OS_PROJECT_DOMAIN_NAME: 'Default',
    });
    const issued = await admin.openstackWith(environment, 'token issue -f value -c project_id');
    assert.equal(issued, story.cloud.demo.projectId);
    const projects = 'federation project list -f value -c Name';
    for (const way of [openid.clientOf('ann'), openid.personOf('ann')]) {
      const named = await admin.openstackWith({ ...environment, ...way }, projects);
      assert.equal(named, 'demo', `${way.OS_AUTH_TYPE}`);
    }
    const wrong = { ...environment, ...openid.personOf('ann'), OS_PASSWORD: 'guessed' };
    await assert.rejects(admin.openstackWith(wrong, projects), /HTTP 400/);
  });
});
