import { join } from 'node:path';
import type { Clock } from '#base/clock.ts';
import { defaultSecurityRules, type SecurityRules } from '#base/config-security.ts';
import { openHttpListener } from '#base/http/listener.ts';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import type { Seals } from '#base/sealing/seals.ts';
import { VirtualClock } from '#base/virtual-clock.ts';
import { openDatabase } from '#db/database.ts';
import { apiRules } from '#endpoints/api-rules.ts';
import { errorRenderer, routesOf } from '#endpoints/mount.ts';
import { identitySurfaces } from '#identity/api/surfaces.ts';
import { createIdentity, type IdentityService } from '#identity/service.ts';
import { answerChecker } from '#test/answers.ts';
import { Client, logIn } from '#test/client.ts';
import { testSeals } from '#test/seals.ts';
import { temporaryState } from '#test/state.ts';
import { catalogOf } from '../../../src/cloud/catalog.ts';

export const passwords = { admin: 'the admin password', demo: 'the demo password' };

/** The identity service alone behind the real listener: all that its promises need. */
export interface IdentityCloud extends AsyncDisposable {
  readonly url: string;
  readonly identity: IdentityService;
  readonly clock: VirtualClock;
  readonly admin: Client;
  readonly demo: Client;
  readonly nobody: Client;
  readonly adminProjectId: string;
  readonly demoProjectId: string;
  /** A new user with a role in project `demo`, logged in. */
  userWith(role: string, name: string): Promise<Client>;
  /** Opens everything again on the same database; the clients keep their tokens. */
  restart(): Promise<void>;
}

export async function startIdentity(rules: Partial<SecurityRules> = {}): Promise<IdentityCloud> {
  const security = { ...defaultSecurityRules, ...rules };
  const seals = testSeals();
  const state = temporaryState();
  const clock = new VirtualClock();
  let opened = await open(state.path, { clock, seals, security });
  const { check } = opened;
  const admin = (await logIn(opened.url, 'admin', passwords.admin, 'admin')).checkedBy(check);
  const demo = (await logIn(opened.url, 'demo', passwords.demo, 'demo')).checkedBy(check);
  return {
    get url() {
      return opened.url;
    },
    get identity() {
      return opened.identity;
    },
    clock,
    get admin() {
      return admin.at(opened.url);
    },
    get demo() {
      return demo.at(opened.url);
    },
    get nobody() {
      return new Client(opened.url).checkedBy(check);
    },
    ...opened.seeded,
    userWith: async (role, name) => {
      const { demoProjectId } = opened.seeded;
      const userId = await made(admin, 'users', { name, password: `password of ${name}` });
      const roleId = (await admin.get(`/v3/roles?name=${role}`)).body.roles[0].id;
      await admin.put(`/v3/projects/${demoProjectId}/users/${userId}/roles/${roleId}`);
      const user = await logIn(opened.url, name, `password of ${name}`, 'demo');
      return user.checkedBy(check);
    },
    restart: async () => {
      await opened.close();
      opened = await open(state.path, { clock, seals, security });
    },
    [Symbol.asyncDispose]: async () => {
      await opened.close();
      state[Symbol.dispose]();
    },
  };
}

interface OpenWith {
  clock: Clock;
  seals: Seals;
  security: SecurityRules;
}

async function open(directory: string, { clock, seals, security }: OpenWith) {
  const database = await openDatabase(join(directory, 'identity.sqlite'));
  let origin = '';
  const identity = createIdentity({
    database,
    clock,
    ids: randomIds,
    log: silentLog,
    seals,
    security,
    catalog: () => catalogOf(origin),
    rules: () => apiRules(surfaces),
    passwordCost: { N: 16, r: 1, p: 1 },
  });
  const seeded = await identity.seed(passwords);
  const surfaces = identitySurfaces(identity);
  const listener = openHttpListener({
    routes: routesOf({
      surfaces,
      authenticate: identity.identify,
      origin: () => origin,
    }),
    renderError: errorRenderer(surfaces),
    ids: randomIds,
    log: silentLog,
  });
  origin = `http://127.0.0.1:${await listener.listen('127.0.0.1', 0)}`;
  return {
    url: origin,
    identity,
    seeded,
    check: answerChecker(surfaces),
    close: async () => {
      await listener.close();
      await database.close();
    },
  };
}

/** Creates `users`, `projects` and so on as they are named in URLs. @returns the id. */
export async function made(client: Client, plural: string, members: object): Promise<string> {
  const singular = plural.replace(/s$/, '');
  const answer = await client.post(`/v3/${plural}`, { [singular]: members });
  if (answer.status !== 201) throw new Error(`${plural}: ${JSON.stringify(answer.body)}`);
  return answer.body[singular].id;
}

/** The holder of this client's token, with another scope. @returns undefined when refused. */
export async function rescoped(client: Client, scope: unknown): Promise<Client | undefined> {
  const identity = { methods: ['token'], token: { id: client.token } };
  const answer = await client.post('/v3/auth/tokens', { auth: { identity, scope } });
  if (answer.status !== 201) return undefined;
  const token = answer.headers.get('x-subject-token') ?? '';
  const projectId = answer.body.token.project?.id;
  return new Client(client.url, token, projectId, client.userId).checkedBy(client.check);
}

/** The body of a log-in by password; `scope` as Keystone takes it, absent when undefined. */
export function loginBody(name: string, password: string, scope?: unknown): object {
  const identity = {
    methods: ['password'],
    password: { user: { name, password, domain: { name: 'Default' } } },
  };
  return { auth: scope === undefined ? { identity } : { identity, scope } };
}
