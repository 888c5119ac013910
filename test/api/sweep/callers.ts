import { roleMay } from '#endpoints/documents/policy-matrix.ts';
import type { ScopeKind } from '#policy/system-policies.ts';
import { Client } from '#test/client.ts';
import type { TestCloud } from '#test/cloud.ts';
import { fillCompute, fillWords } from './compute-places.ts';
import { fillIdentity, limitOfDomain } from './identity-places.ts';
import { fillDomain, fillProject, fillUser, type Ids, make } from './places.ts';

/** One column of the sweep: who asks, what the matrix lets them do, and what is theirs. */
export interface Caller {
  name: string;
  token: string | undefined;
  /** Whether the matrix lets them; null: their token is none. */
  may: ((requires: readonly string[]) => boolean) | null;
  reach: 'project' | 'domain' | 'cloud';
  own: Ids;
  /** What is another's for them, where that is not what it is for all. */
  others?: Ids;
  /** Has what is required and nothing else, though that may reach beyond projects. */
  isExact?: boolean;
  /** The one action by which they are short. */
  lacks?: string;
}

/** Does something as it was done a day ago. */
export type Backdated = <T>(work: () => Promise<T>) => Promise<T>;

export interface Places {
  callers: Caller[];
  /** Of another project and another domain, and there all of it. */
  foreign: Ids;
  /** Like what is there, and nowhere. */
  absent: Ids;
  /** Where the only policy of `holder` is written. */
  policyPath: string;
}

const password = 'a long password';

/** Makes all that is asked about, and everybody who asks. */
export async function makePlaces(cloud: TestCloud, backdated: Backdated): Promise<Places> {
  const { admin, demo } = cloud;
  const { policyPath, roleId } = await makePolicy(admin);
  const people = await peopleOf(cloud, roleId);
  const { foreign, stranger } = await makeForeign(cloud, people);
  const shared: Ids = {
    ...(await fillDomain(admin, admin, 'default', 'own')),
    ...(await fillProject(cloud, demo, 'own')),
    project_id: demo.projectId ?? '',
    member_id: 'a'.repeat(32),
  };
  for (const [name, client, ids] of [
    ['own', demo, shared],
    ['foreign', stranger, foreign],
  ] as const) {
    Object.assign(ids, await fillWords(client, name, ids));
    Object.assign(ids, await fillCompute(cloud, name, ids));
    Object.assign(ids, await fillIdentity(admin, name, ids));
    await shareAndMove(cloud, ids);
  }
  const makeCaller: MakeCaller = async (name, client, may, reach = 'project') => {
    const { token, userId: user_id = '' } = client;
    const ofUser = client.projectId ? await fillUser(client, admin, name) : {};
    return { name, token, may, reach, own: { ...shared, ...ofUser, user_id } };
  };
  const member = await people.onDemo('member', 'member');
  const asMember = await makeCaller('member', member, columns('member'));
  const outsider = { ...asMember, name: 'other project', token: stranger.token };
  const callers = [
    ...(await withoutToken(cloud, people, member, asMember.own, backdated)),
    { ...outsider, own: foreign, others: asMember.own },
    asMember,
    ...(await withRoles(people, makeCaller, shared, admin)),
  ];
  const absent = Object.fromEntries(Object.keys(foreign).map((name) => [name, absentId(name)]));
  return { callers, foreign, absent, policyPath };
}

type MakeCaller = (
  name: string,
  client: Client,
  may: Caller['may'],
  reach?: Caller['reach'],
) => Promise<Caller>;

const columns = (role: string, scope?: ScopeKind) => (requires: readonly string[]) =>
  roleMay(role, requires, scope);

const inProject = (id: string) => ({ project: { id } });
const inDomain = (id: string) => ({ domain: { id } });

/** Makes users with roles, and logs them in. */
interface People {
  demoId: string;
  /** Ids by names. */
  roles: ReadonlyMap<string, string>;
  /** @param grants `projects/<id> member` and the like */
  user(name: string, domainId: string, grants: readonly string[]): Promise<string>;
  logIn(id: string, scope: object): Promise<Client>;
  onDemo(name: string, role: string): Promise<Client>;
  onDomain(name: string, role: string, domainId?: string): Promise<Client>;
}

async function peopleOf(cloud: TestCloud, written: string): Promise<People> {
  const { admin } = cloud;
  const listed = (await admin.get('/v3/roles')).body.roles as { name: string; id: string }[];
  const roles = new Map([...listed.map(({ name, id }) => [name, id] as const)]);
  roles.set('written', written);
  const demoId = cloud.demo.projectId ?? '';
  const people: People = {
    demoId,
    roles,
    user: async (name, domain_id, grants) => {
      const made = await make(admin, '/v3/users', { user: { name, domain_id, password } });
      for (const grant of grants) {
        const [target, role = ''] = grant.split(' ');
        const { status } = await admin.put(
          `/v3/${target}/users/${made?.id}/roles/${roles.get(role)}`,
        );
        if (status !== 204) throw new Error(`${grant}: ${status}`);
      }
      return made?.id ?? '';
    },
    logIn: async (id, scope) => {
      const identity = { methods: ['password'], password: { user: { id, password } } };
      const answer = await cloud.nobody.post('/v3/auth/tokens', { auth: { identity, scope } });
      if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
      const token = answer.headers.get('x-subject-token') ?? '';
      return new Client(cloud.url, token, answer.body.token.project?.id, id);
    },
    onDemo: async (name, role) => {
      const id = await people.user(name, 'default', [`projects/${demoId} ${role}`]);
      return people.logIn(id, inProject(demoId));
    },
    onDomain: async (name, role, domainId = 'default') => {
      const id = await people.user(name, domainId, [`domains/${domainId} ${role}`]);
      return people.logIn(id, inDomain(domainId));
    },
  };
  return people;
}

/** Another domain with another project, and somebody who has one of everything there. */
async function makeForeign(cloud: TestCloud, people: People) {
  const { admin } = cloud;
  const elsewhere = (await make(admin, '/v3/domains', { domain: { name: 'elsewhere' } }))?.id ?? '';
  const project = { name: 'another', domain_id: elsewhere };
  const anotherId = (await make(admin, '/v3/projects', { project }))?.id ?? '';
  const id = await people.user('stranger', elsewhere, [`projects/${anotherId} member`]);
  const stranger = await people.logIn(id, inProject(anotherId));
  const keeper = await people.onDomain('keeper', 'admin', elsewhere);
  const foreign: Ids = {
    ...(await fillDomain(admin, keeper, elsewhere, 'foreign')),
    ...(await fillProject(cloud, stranger, 'foreign')),
    ...(await fillUser(stranger, admin, 'foreign')),
    user_id: id,
    project_id: anotherId,
    member_id: 'b'.repeat(32),
  };
  return { foreign, stranger };
}

/** Those whose token is none, though it was the member's. */
async function withoutToken(
  cloud: TestCloud,
  people: People,
  member: Client,
  own: Ids,
  backdated: Backdated,
): Promise<Caller[]> {
  const again = () => people.logIn(member.userId ?? '', inProject(people.demoId));
  const revoked = await again();
  await cloud.admin.delete('/v3/auth/tokens', { 'x-subject-token': revoked.token ?? '' });
  const expired = await backdated(again);
  const none = { may: null, reach: 'project' as const, own };
  return [
    { ...none, name: 'no token', token: undefined },
    { ...none, name: 'expired', token: expired.token },
    { ...none, name: 'revoked', token: revoked.token },
  ];
}

async function withRoles(
  people: People,
  makeCaller: MakeCaller,
  shared: Ids,
  admin: Client,
): Promise<Caller[]> {
  const { demoId } = people;
  const grants = ['system admin', `projects/${demoId} member`];
  const systemId = await people.user('cloud admin', 'default', grants);
  const system = await people.logIn(systemId, { system: { all: true } });
  const asMember = await people.logIn(systemId, inProject(demoId));
  const own = { ...shared, ...(await fillUser(asMember, admin, 'system')), user_id: systemId };
  const ofSystem = await makeCaller('cloud admin', system, columns('admin', 'system'), 'cloud');
  const onDemo = async (name: string, role: string, reach?: Caller['reach']) =>
    makeCaller(name, await people.onDemo(name, role), columns(role), reach);
  const callers = [
    await onDemo('reader', 'reader'),
    await onDemo('manager', 'manager'),
    await onDemo('project admin', 'admin', 'cloud'),
    { ...ofSystem, own },
    await onDemo('holder', 'written'),
  ];
  const limit_id = await limitOfDomain(admin, shared);
  for (const role of ['reader', 'manager', 'admin']) {
    const client = await people.onDomain(`${role} of default`, role);
    const may = columns(role, 'domain');
    const caller = await makeCaller(`${role} of a domain`, client, may, 'domain');
    Object.assign(caller.own, { limit_id });
    // Of roles that are none of the three that a manager gives, they are told the names only.
    if (role === 'manager') caller.own['shown role_id'] = people.roles.get('member') ?? '';
    callers.push(caller);
  }
  return callers;
}

/** What is in no required set; a policy may not be empty. */
const filler = 'evs:types:get';

/** A written policy that allows these actions. */
export function policyOf(actions: readonly string[]) {
  const type = actions.some((action) => action.startsWith('identity:')) ? 'AX' : 'XA';
  const Statement = [{ Effect: 'Allow', Action: actions.length > 0 ? actions : [filler] }];
  const policy = { Version: '1.1', Statement };
  return { role: { display_name: 'swept', type, description: '', policy } };
}

async function makePolicy(admin: Client): Promise<{ policyPath: string; roleId: string }> {
  const roleId = (await make(admin, '/v3.0/OS-ROLE/roles', policyOf([])))?.id ?? '';
  return { policyPath: `/v3.0/OS-ROLE/roles/${roleId}`, roleId };
}

function absentId(name: string): string {
  if (name === 'migration_id') return '999';
  if (name === 'request_id') return 'req-00000000-0000-4000-8000-000000000000';
  return '00000000-0000-4000-8000-000000000000';
}

/** An image with a member, and a server that was moved once: what only so has a row. */
async function shareAndMove(cloud: TestCloud, ids: Ids): Promise<void> {
  const { admin } = cloud;
  const type = { 'content-type': 'application/openstack-images-v2.1-json-patch' };
  const patch = [{ op: 'replace', path: '/visibility', value: 'shared' }];
  await admin.request('PATCH', `/image/v2/images/${ids.image_id}`, JSON.stringify(patch), type);
  await make(admin, `/image/v2/images/${ids.image_id}/members`, { member: ids.member_id });
  const move = { 'os-migrateLive': { host: null, block_migration: 'auto' } };
  const newest = { 'openstack-api-version': 'compute 2.90' };
  await admin.post(`/v2.1/servers/${ids.server_id}/action`, move, newest);
  await cloud.cloud.services.operations.whenIdle();
  const path = `/v2.1/os-migrations?instance_uuid=${ids.server_id}`;
  ids.migration_id = String((await admin.get(path, newest)).body.migrations[0].id);
}
