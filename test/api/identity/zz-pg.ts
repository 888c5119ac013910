import { join } from 'node:path';
import type { Clock } from '#base/clock.ts';
import { openHttpListener } from '#base/http/listener.ts';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import { VirtualClock } from '#base/virtual-clock.ts';
import { openDatabase } from '#db/database.ts';
import { errorRenderer, routesOf } from '#endpoints/mount.ts';
import { identitySurfaces } from '#identity/api/surfaces.ts';
import { createIdentity, type IdentityService } from '#identity/service.ts';
import { Client, logIn } from '#test/client.ts';
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

export async function startIdentity(): Promise<IdentityCloud> {
  const state = temporaryState();
  const clock = new VirtualClock();
  let opened = await open(state.path, clock);
  const admin = await logIn(opened.url, 'admin', passwords.admin, 'admin');
  const demo = await logIn(opened.url, 'demo', passwords.demo, 'demo');
  return {
    get url() {
      return opened.url;
    },
    get identity() {
      return opened.identity;
    },
    clock,
    get admin() {
      return at(opened.url, admin);
    },
    get demo() {
      return at(opened.url, demo);
    },
    get nobody() {
      return new Client(opened.url);
    },
    ...opened.seeded,
    userWith: async (role, name) => {
      const { demoProjectId } = opened.seeded;
      const userId = await made(admin, 'users', { name, password: `password of ${name}` });
      const roleId = (await admin.get(`/v3/roles?name=${role}`)).body.roles[0].id;
      await admin.put(`/v3/projects/${demoProjectId}/users/${userId}/roles/${roleId}`);
      return logIn(opened.url, name, `password of ${name}`, 'demo');
    },
    restart: async () => {
      await opened.close();
      opened = await open(state.path, clock);
    },
    [Symbol.asyncDispose]: async () => {
      await opened.close();
      state[Symbol.dispose]();
    },
  };
}

/** The same user where the service is now: each start has its own port. */
function at(url: string, client: Client): Client {
  return new Client(url, client.token, client.projectId, client.userId);
}

async function open(directory: string, clock: Clock) {
  const database = await openDatabase((globalThis as any).pgAddress);
  let origin = '';
  const identity = createIdentity({
    database,
    clock,
    ids: randomIds,
    log: silentLog,
    catalog: () => catalogOf(origin),
    passwordCost: { N: 16, r: 1, p: 1 },
  });
  const seeded = await identity.seed(passwords);
  const surfaces = identitySurfaces(identity);
  const listener = openHttpListener({
    routes: routesOf({
      surfaces,
      authenticate: async (headers) => {
        const token = headers['x-auth-token'];
        return typeof token === 'string' ? identity.authenticate(token) : undefined;
      },
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

/** The body of a log-in by password; `scope` as Keystone takes it, absent when undefined. */
export function loginBody(name: string, password: string, scope?: unknown): object {
  const identity = {
    methods: ['password'],
    password: { user: { name, password, domain: { name: 'Default' } } },
  };
  return { auth: scope === undefined ? { identity } : { identity, scope } };
}
