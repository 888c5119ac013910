import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Clients, StoryCloud } from './clients.ts';

/** What every script begins with. */
const opening = `
import openstack
cloud = openstack.connect()
identity = cloud.identity
def raises(kind, call):
    try:
        call()
    except kind as error:
        return str(error)
    raise AssertionError('nothing was refused')
`;

describe('identity with the unmodified Python SDK', () => {
  let story: StoryCloud;
  let admin: Clients;

  before(async () => {
    story = await StoryCloud.open();
    admin = story.as('cumulet-admin');
  });
  after(() => story?.close());

  const runs = async (script: string) => {
    assert.equal(await admin.python(opening + script), 'done');
  };

  test('accounts are made, changed, found, put together and deleted', () =>
    runs(`
domain = identity.create_domain(name='house', description='before')
assert identity.update_domain(domain, description='after', enabled=False).is_enabled is False
project = identity.create_project(name='lab', domain_id='default', tags=['a'])
assert identity.find_project('lab').tags == ['a']
user = identity.create_user(name='ida', password='pw', email='a@b', default_project_id=project.id)
assert identity.update_user(user, email='c@d').email == 'c@d'
group = identity.create_group(name='crew', domain_id='default')
identity.add_user_to_group(user, group)
assert identity.check_user_in_group(user, group)
role = identity.create_role(name='watch', description='watches')
identity.assign_project_role_to_group(project, group, role)
assert identity.validate_group_has_project_role(project, group, role)
assert not identity.validate_user_has_project_role(project, user, role)
assert [one.name for one in identity.user_projects(user)] == ['lab']
assert len(list(identity.role_assignments_filter(group=group, project=project))) == 1
# Two pages and the link between them.
assert [one.name for one in identity.users(limit=2)] == ['admin', 'demo', 'ida']
conflict = raises(openstack.exceptions.ConflictException,
    lambda: identity.create_user(name='ida', password='pw'))
assert 'Duplicate entry found with name ida' in conflict, conflict
for kind, one in (('role', role), ('group', group), ('user', user), ('project', project),
                  ('domain', domain)):
    getattr(identity, 'delete_' + kind)(one, ignore_missing=False)
missing = raises(openstack.exceptions.ResourceNotFound, lambda: identity.get_user(user.id))
assert 'Could not find user: ' + user.id in missing, missing
print('done')
`));

  test('catalog, credentials, policies, federation and trusts are kept', () =>
    runs(`
service = identity.create_service(type='object-store', name='swift')
region = identity.create_region(id='far')
endpoint = identity.create_endpoint(
    service_id=service.id, interface='public', url='http://x', region_id=region.id)
assert identity.update_endpoint(endpoint, url='http://y').url == 'http://y'
me = cloud.current_user_id
credential = identity.create_credential(type='cert', blob='x', user_id=me)
identity.update_credential(credential, blob='y')
policy = identity.create_policy(type='application/json', blob='{}')
assert identity.update_policy(policy, blob='[]').blob == '[]'
key = identity.create_application_credential(me, 'key', roles=[{'name': 'member'}])
assert key.secret and identity.find_application_credential(me, 'key').secret is None
identity.delete_application_credential(me, key)
identity.create_identity_provider(id='corp', is_enabled=True, remote_ids=['http://x'])
rules = [{'local': [{'user': {'name': '{0}'}}], 'remote': [{'type': 'sub'}]}]
assert identity.create_mapping(id='map', rules=rules).rules == rules
identity.create_federation_protocol('corp', id='openid', mapping_id='map')
assert [one.id for one in identity.federation_protocols('corp')] == ['openid']
other = identity.create_user(name='otto', password='pw')
trust = identity.create_trust(trustor_user_id=me, trustee_user_id=other.id,
    project_id=cloud.current_project_id, is_impersonation=True, roles=[{'name': 'member'}])
assert [one['name'] for one in identity.get_trust(trust.id).roles] == ['member']
identity.delete_trust(trust)
identity.delete_federation_protocol('corp', 'openid')
identity.delete_identity_provider('corp')
for kind, one in (('mapping', 'map'), ('policy', policy), ('credential', credential),
                  ('endpoint', endpoint), ('region', region), ('service', service),
                  ('user', other)):
    getattr(identity, 'delete_' + kind)(one, ignore_missing=False)
print('done')
`));

  test('the layer above gives and takes roles by name', () =>
    runs(`
user = cloud.create_user(name='lea', password='pw', domain_id='default')
assert cloud.grant_role('reader', user='lea', project='demo')
assert not cloud.grant_role('reader', user='lea', project='demo')
held = cloud.list_role_assignments(filters={'user': user.id})
assert len(held) == 1, held
assert cloud.revoke_role('reader', user='lea', project='demo')
assert cloud.delete_user('lea')
assert {'compute', 'identity', 'image', 'network'} <= {one['type'] for one in cloud.service_catalog}
print('done')
`));
});
