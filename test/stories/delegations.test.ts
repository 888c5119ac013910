import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { run } from '#base/process.ts';
import { type Clients, StoryCloud } from './clients.ts';

const password = 'a long password';

/** The signer of python3-keystoneclient, which reads its facts from the standard input. */
const sign = `
import json, sys
from keystoneclient.contrib.ec2.utils import Ec2Signer
facts = json.load(sys.stdin)
signed = facts['credentials']
signed['signature'] = Ec2Signer(facts['secret']).generate(signed)
print(json.dumps(signed))
`;

describe('what users hand on, with the unmodified client', () => {
  let story: StoryCloud;
  let admin: Clients;
  let rita: Record<string, string>;
  let tess: Record<string, string>;

  before(async () => {
    story = await StoryCloud.open();
    admin = story.as('cumulet-admin');
    rita = story.environmentOf('rita', password, 'demo');
    tess = story.environmentOf('tess', password);
    await Promise.all(
      ['rita', 'tess'].map((name) =>
        admin.openstack(`user create ${name}`, ['--password', password]),
      ),
    );
    await admin.openstack('role add --user rita --project demo member');
  });
  after(() => story?.close());

  const idOf = (line: string) => admin.openstack(`${line} -f value -c id`);

  test('an application credential opens what its rules name and makes no other', async () => {
    const rules = [{ service: 'compute', method: 'GET', path: '/v2.1/servers/**' }];
    const create = 'application credential create --role reader -f json robot --access-rules';
    const made = JSON.parse(await admin.openstackWith(rita, create, [JSON.stringify(rules)]));
    const auth = {
      auth_url: `${story.cloud.url}/v3`,
      application_credential_id: made.id,
      application_credential_secret: made.secret,
    };
    const clouds = { clouds: { robot: { auth_type: 'v3applicationcredential', auth } } };
    const robot = {
      OS_CLIENT_CONFIG_FILE: await admin.writeFile('robot.yaml', JSON.stringify(clouds)),
      OS_CLOUD: 'robot',
    };
    assert.equal(await admin.openstackWith(robot, 'server list -f value'), '');
    for (const line of ['network list', 'keypair list', 'application credential create more']) {
      await assert.rejects(admin.openstackWith(robot, line), /\b401\b/, line);
    }
    await admin.openstackWith(rita, 'application credential delete robot');
    await assert.rejects(admin.openstackWith(robot, 'server list'), /HTTP 401/);
  });

  test('a pair of EC2 keys signs, until it is deleted', async () => {
    const create = 'ec2 credentials create -f json';
    const { access, secret } = JSON.parse(await admin.openstackWith(rita, create));
    const listed = await admin.openstackWith(rita, 'ec2 credentials list -f value -c Access');
    assert.equal(listed, access);
    const logIn = async () => {
      const params = {
        SignatureVersion: '2',
        SignatureMethod: 'HmacSHA256',
        Timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
        AWSAccessKeyId: access,
      };
      const credentials = { access, host: 'ec2.example', verb: 'GET', path: '/', params };
      const input = JSON.stringify({ secret, credentials });
      const { stdout } = await run('/usr/bin/python3', ['-c', sign], { timeoutMs: 60_000, input });
      return story.cloud.admin.post('/v3/ec2tokens', { credentials: JSON.parse(stdout) });
    };
    assert.equal((await logIn()).body.token.user.name, 'rita');
    await admin.openstackWith(rita, `ec2 credentials delete ${access}`);
    assert.equal((await logIn()).status, 401);
  });

  test('a trust works for its trustee while its trustor has the role', async () => {
    const project = await idOf('project show demo');
    const role = await idOf('role show member');
    const users = `${await idOf('user show rita')} ${await idOf('user show tess')}`;
    // Without the right to list users and roles the client takes only ids.
    const create = `trust create --project ${project} --role ${role} ${users}`;
    const trust = await admin.openstackWith(rita, `${create} -f value -c id`);
    const trusted = { ...tess, OS_TRUST_ID: trust };
    assert.equal(await admin.openstackWith(trusted, 'server list -f value'), '');
    await admin.openstack('role remove --user rita --project demo member');
    await assert.rejects(admin.openstackWith(trusted, 'server list'), /HTTP 40[13]/);
  });
});
