import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Clients, StoryCloud } from './clients.ts';

const password = 'a long password';
/** All that a restart needs, and to find the server. */
const restarts = ['ecs:servers:reboot', 'ecs:servers:get', 'ecs:servers:list'];

describe('a user with a right to restart servers and to nothing else', () => {
  let story: StoryCloud;
  let admin: Clients;
  let roleName = '';
  let mia: Record<string, string>;

  before(async () => {
    story = await StoryCloud.open();
    admin = story.as('cumulet-admin');
    mia = story.environmentOf('mia', password, 'demo');
    const server = 'server create --image tiny --flavor m1.nano --network private --wait one';
    await Promise.all([
      story.as('cumulet').openstack(server),
      admin.openstack('user create mia', ['--password', password]),
      admin.openstack('group create restarters'),
    ]);
    await admin.openstack('group add user restarters mia');
    roleName = await customRole('Restarts servers', restarts);
    await admin.openstack(`role add ${grantOf(roleName)}`);
  });
  after(() => story?.close());

  /** `openstack role create` has no option for a policy. @returns the name that roles go by. */
  async function customRole(
    name: string,
    actions: readonly string[],
    Condition?: object,
  ): Promise<string> {
    const statement = { Effect: 'Allow', Action: actions, ...(Condition && { Condition }) };
    const policy = { Version: '1.1', Statement: [statement] };
    const role = { display_name: name, type: 'XA', description: name, policy };
    const made = await story.cloud.admin.post('/v3.0/OS-ROLE/roles', { role });
    assert.equal(made.status, 201);
    return made.body.role.name;
  }

  const grantOf = (role: string) =>
    `--group restarters --project demo --role-domain default ${role}`;

  test('sees and restarts them', async () => {
    assert.equal(await admin.openstackWith(mia, 'server list -f value -c Name'), 'one');
    await admin.openstackWith(mia, 'server reboot --wait one');
  });

  for (const [line, action] of [
    ['server stop one', 'ecs:servers:stop'],
    ['server delete one', 'ecs:servers:delete'],
    ['network list', 'vpc:networks:list'],
    ['user create friend', 'identity:users:create'],
  ] as const) {
    test(`is told by \`${line}\` that ${action} is missing`, async () => {
      await assert.rejects(admin.openstackWith(mia, line), (error: Error) => {
        assert.match(error.message, new RegExp(`Policy doesn't allow ${action} to be performed`));
        assert.match(error.message, /\b403\b/);
        return true;
      });
    });
  }

  test('is listed to the administrator with the role that counts', async () => {
    const list = 'role assignment list --effective --names --project demo --user mia';
    const columns = '-f value -c Role -c User -c Project';
    const rows = await admin.openstack(`${list} ${columns}`);
    assert.equal(rows, `${roleName} mia@Default demo@Default`);
  });

  test('a right by a tag comes with the tag', async () => {
    const { demo } = story.cloud;
    const [{ id }] = (await demo.get('/v2.1/servers')).body.servers;
    const Condition = { StringEquals: { 'g:ResourceTag/team': ['dev'] } };
    const role = await customRole('Restarts what is of dev', restarts, Condition);
    await admin.openstack('user create ben', ['--password', password]);
    await admin.openstack(`role add --user ben --project demo --role-domain default ${role}`);
    const ben = story.environmentOf('ben', password, 'demo');
    const restart = () => admin.openstackWith(ben, `server reboot ${id}`);
    // Whom the id is refused, the client looks for a server of that name.
    await assert.rejects(restart(), /Policy doesn't allow ecs:servers:list to be performed/);
    const tag = '--os-compute-api-version 2.26 server set --tag team=dev one';
    await story.as('cumulet').openstack(tag);
    await restart();
    await assert.rejects(admin.openstackWith(ben, 'server list'), /ecs:servers:list/);
  });

  test('a plain role says nothing until somebody says what it may do', async () => {
    await admin.openstack('role create watcher');
    await admin.openstack('role add --user mia --project demo watcher');
    await assert.rejects(admin.openstackWith(mia, 'image list'), /ims:images:list/);
    await admin.openstack('implied role create --implied-role reader watcher');
    assert.match(await admin.openstackWith(mia, 'image list -f value -c Name'), /^tiny$/m);
  });

  test('keeps a token, and loses with the role all that it was good for', async () => {
    const token = await admin.openstackWith(mia, 'token issue -f value -c id');
    const living = {
      OS_AUTH_TYPE: 'admin_token',
      OS_ENDPOINT: `${story.cloud.url}/v2.1`,
      OS_TOKEN: token,
    };
    await admin.openstackWith(living, 'server reboot one');
    await admin.openstack(`role remove ${grantOf(roleName)}`);
    const refused = /doesn't allow ecs:servers:reboot to be performed. \(HTTP 403\)/;
    await assert.rejects(admin.openstackWith(living, 'server reboot one'), refused);
  });
});
