import { join } from 'node:path';
import { systemClock } from '#base/clock.ts';
import type { Config } from '#base/config.ts';
import type { HostSetting } from '#base/config-hosts.ts';
import { defaultSecurityRules } from '#base/config-security.ts';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import { type Cloud, type CloudOptions, openCloud } from '#cloud';
import type { Drivers } from '../../src/cloud/drivers.ts';
import { answerChecker } from './answers.ts';
import { Client, logIn } from './client.ts';
import { createSimulatedHosts, type SimulatedHosts } from './hosts.ts';
import { writeMigratedSqlite } from './migrated.ts';
import { temporaryState } from './state.ts';

export interface TestCloudOptions extends Partial<Omit<CloudOptions, 'config' | 'drivers'>> {
  config?: Partial<Config>;
  /** Simulated hosts, all in zone `nova` and without end unless they say otherwise. */
  hosts?: readonly (Partial<HostSetting> & { name: string })[];
  /** Each of the hosts is a simulated machine of its own. */
  areApart?: boolean;
  /** Whole set of drivers, for tests on real parts. */
  openDrivers?: (stateDirectory: string) => Promise<Drivers>;
}

/** A whole cloud in the process, on port 0, with its own state; disposed with the test. */
export interface TestCloud extends AsyncDisposable {
  readonly cloud: Cloud;
  readonly url: string;
  readonly stateDirectory: string;
  /** The simulated hosts; they survive `restart`, as real ones would. */
  readonly hosts: SimulatedHosts;
  /** User `demo` of project `demo`: role member. */
  readonly demo: Client;
  /** User `admin` of project `admin`. */
  readonly admin: Client;
  readonly nobody: Client;
  /** A new user with a role on a project that is made when it does not exist. */
  userOf(project: string, role: 'admin' | 'manager' | 'member' | 'reader'): Promise<Client>;
  /** Closes and opens again on the same state and hosts; `demo` and `admin` keep their tokens. */
  restart(options?: TestCloudOptions): Promise<void>;
  /** Abandons the running cloud as a killed process would, and opens another on its state. */
  restartAfterCrash(options?: TestCloudOptions): Promise<void>;
}

const cheapPasswords = { N: 16, r: 1, p: 1 };

export async function startTestCloud(options: TestCloudOptions = {}): Promise<TestCloud> {
  const state = temporaryState();
  const hosts = createSimulatedHosts();
  const isOwn = options.config?.database === undefined;
  if (isOwn) await writeMigratedSqlite(join(state.path, 'cumulet.sqlite'));
  let cloud = await open(options, state.path, hosts);
  const check = answerChecker(cloud.surfaces);
  const logInChecked = async () => {
    const clients = await logInBoth(cloud);
    for (const client of clients) client.checkedBy(check);
    return clients;
  };
  let [demo, admin] = await logInChecked();
  let users = 0;
  const reopen = async (changes: TestCloudOptions) => {
    cloud = await open({ ...options, ...changes }, state.path, hosts);
  };
  return {
    get cloud() {
      return cloud;
    },
    get url() {
      return cloud.url;
    },
    stateDirectory: state.path,
    hosts,
    get demo() {
      return demo;
    },
    get admin() {
      return admin;
    },
    get nobody() {
      return new Client(cloud.url).checkedBy(check);
    },
    userOf: async (project, role) => {
      users += 1;
      const made = await makeUser(admin, project, role, `${role}-${users}`);
      return made.checkedBy(check);
    },
    restart: async (changes = {}) => {
      await cloud.close();
      await reopen(changes);
      [demo, admin] = [demo.at(cloud.url), admin.at(cloud.url)];
    },
    restartAfterCrash: async (changes = {}) => {
      await cloud.abandon();
      await reopen(changes);
      [demo, admin] = await logInChecked();
    },
    [Symbol.asyncDispose]: async () => {
      await cloud.close();
      state[Symbol.dispose]();
    },
  };
}

async function open(
  options: TestCloudOptions,
  stateDirectory: string,
  hosts: SimulatedHosts,
): Promise<Cloud> {
  const { config, openDrivers, hosts: named = [], areApart, ...rest } = options;
  const apart = areApart ? named.map(({ name }) => name) : [];
  return openCloud({
    log: silentLog,
    clock: systemClock,
    ids: randomIds,
    say: () => undefined,
    passwordCost: cheapPasswords,
    quota: { instances: -1, cores: -1, memoryMib: -1 },
    ...rest,
    drivers: openDrivers ? await openDrivers(stateDirectory) : await hosts.openDrivers(apart),
    config: {
      listen: { host: '127.0.0.1', port: 0 },
      stateDirectory,
      hypervisor: 'simulated',
      network: 'simulated',
      uplink: 'host',
      logLevel: 'error',
      publicUrl: null,
      consoleUrl: null,
      database: 'sqlite',
      tinyImage: null,
      reclaimAfterMs: 0,
      confirmAfterMs: 0,
      shelvedOffloadMs: 0,
      migrationBytesPerSecond: Number.POSITIVE_INFINITY,
      agentHost: null,
      security: defaultSecurityRules,
      hosts: named.map((host) => ({ zone: 'nova', ...host })),
      ...config,
    },
  });
}

function logInBoth(cloud: Cloud): Promise<[Client, Client]> {
  const { url, passwords } = cloud;
  return Promise.all([
    logIn(url, 'demo', passwords.demo, 'demo'),
    logIn(url, 'admin', passwords.admin, 'admin'),
  ]);
}

async function makeUser(
  admin: Client,
  project: string,
  role: string,
  name: string,
): Promise<Client> {
  const password = `password of ${name}`;
  const known = await admin.get(`/v3/projects?name=${project}`);
  const found = known.body.projects[0];
  const made =
    found ?? (await admin.post('/v3/projects', { project: { name: project } })).body.project;
  const user = await admin.post('/v3/users', { user: { name, password } });
  const roles = await admin.get(`/v3/roles?name=${role}`);
  const path = `/v3/projects/${made.id}/users/${user.body.user.id}/roles/${roles.body.roles[0].id}`;
  await admin.put(path);
  return logIn(admin.url, name, password, project);
}
