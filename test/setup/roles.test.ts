import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Client, logIn } from '#test/client.ts';
import { eventually } from '#test/eventually.ts';
import { flavorId, serverBody } from '#test/servers.ts';
import { type StartedProcess, startMain, temporaryDirectory } from './started-process.ts';

const ready = /^cumulet ready (http:\/\/127\.0\.0\.1:\d+) in \d+ ms\n/m;
const agentReady = /^cumulet agent ready for host (\S+) in \d+ ms\n/m;
const apart = /^(?:api|agent): no message passes between processes yet/gm;
const slowMs = 60_000;

const environmentFor = (stateDirectory: string) => ({
  CUMULET_LISTEN: '127.0.0.1:0',
  CUMULET_STATE: stateDirectory,
  CUMULET_HYPERVISOR: 'simulated',
  CUMULET_NETWORK: 'simulated',
});

async function clientsOf(served: StartedProcess, state: string): Promise<[Client, Client]> {
  const [, url = ''] = await served.prints(ready);
  const { passwords } = JSON.parse(readFileSync(join(state, 'secrets.json'), 'utf8'));
  return [
    await logIn(url, 'demo', passwords.demo, 'demo'),
    await logIn(url, 'admin', passwords.admin, 'admin'),
  ];
}

/** `up` or `down` of each host's service, by host. */
async function hostStates(admin: Client): Promise<Record<string, string>> {
  const { body } = await admin.get('/v2.1/os-services?binary=nova-compute');
  const rows = body.services as { host: string; state: string }[];
  return Object.fromEntries(rows.map(({ host, state }) => [host, state]));
}

const statusIs = (client: Client, id: string, wanted: string) =>
  eventually(
    `${id} is ${wanted}`,
    async () => (await client.get(`/v2.1/servers/${id}`)).body.server?.status === wanted,
    slowMs,
  );

async function make(client: Client, name: string): Promise<string> {
  const made = await client.post('/v2.1/servers', await serverBody(client, { name }));
  assert.equal(made.status, 202, JSON.stringify(made.body));
  return made.body.server.id;
}

describe('cumulet api', () => {
  it('serves all APIs, shows its hosts as down, and says why it places nothing', async () => {
    using state = temporaryDirectory();
    const environment = environmentFor(state.path);
    await using api = startMain(['api', '--hosts', '2'], environment);
    const [demo, admin] = await clientsOf(api, state.path);
    assert.deepEqual(await hostStates(admin), { 'host-1': 'down', 'host-2': 'down' });
    const { body } = await admin.get('/v2.1/os-hypervisors/detail');
    const states = body.hypervisors.map((one: { state: string }) => one.state);
    assert.deepEqual(states, ['down', 'down']);
    const inner = await admin.get('/v2.1/os-services?binary=nova-scheduler');
    assert.deepEqual([inner.body.services.length, inner.body.services[0].state], [1, 'up']);

    const id = await make(demo, 'nowhere');
    await statusIs(demo, id, 'ERROR');
    const { fault } = (await demo.get(`/v2.1/servers/${id}`)).body.server;
    assert.match(fault.message, /^No valid host was found\. /);
    const made = await demo.post('/network/v2.0/networks', { network: { name: 'meanwhile' } });
    assert.equal(made.status, 201);

    const told = await startMain(['status'], environment).ended;
    const lines = ['host-1', 'host-2'].map((name) => `host ${name}: down, no agent of it is heard`);
    assert.equal(told.stdout, [`api: serves ${demo.url}`, ...lines, ''].join('\n'));
    const { exitCode, stdout } = await api.signal('SIGTERM');
    assert.equal(exitCode, 0);
    assert.equal(stdout.match(apart)?.length, 1);

    await using cloud = startMain(['up', '--hosts', '2'], environment);
    const [later, laterAdmin] = await clientsOf(cloud, state.path);
    assert.deepEqual(await hostStates(laterAdmin), { 'host-1': 'up', 'host-2': 'up' });
    const { networks } = (await later.get('/network/v2.0/networks?name=meanwhile')).body;
    assert.equal(networks.length, 1);
    await statusIs(later, await make(later, 'placed'), 'ACTIVE');
  });

  it('acts on servers of its hosts as on those of any host that is silent', async () => {
    using state = temporaryDirectory();
    const environment = environmentFor(state.path);
    await using cloud = startMain(['up'], environment);
    const [first] = await clientsOf(cloud, state.path);
    const [kept, gone] = [await make(first, 'kept'), await make(first, 'gone')];
    for (const id of [kept, gone]) await statusIs(first, id, 'ACTIVE');
    await cloud.signal('SIGTERM');

    await using api = startMain(['api'], environment);
    const [demo, admin] = await clientsOf(api, state.path);
    assert.deepEqual(Object.values(await hostStates(admin)), ['down']);
    await statusIs(demo, kept, 'ACTIVE');
    const asked = await demo.post(`/v2.1/servers/${kept}/action`, { 'os-stop': null });
    assert.ok([202, 409].includes(asked.status), JSON.stringify(asked.body));
    // What cannot be done is said, and changes nothing.
    await statusIs(demo, kept, 'ACTIVE');
    assert.equal((await demo.delete(`/v2.1/servers/${gone}`)).status, 204);
    const isGone = async () => (await demo.get(`/v2.1/servers/${gone}`)).status === 404;
    await eventually('the deleted server is gone', isGone, slowMs);
    assert.ok(await flavorId(demo));
  });
});

describe('cumulet agent', () => {
  it('serves one host without a database, says how it is, and ends when it is told', async () => {
    using state = temporaryDirectory();
    const environment = environmentFor(state.path);
    const named = ['--hosts', '3', '--host', 'host-2'];
    await using agent = startMain(['agent', ...named], environment);
    assert.equal((await agent.prints(agentReady))[1], 'host-2');
    const told = await startMain(['status', ...named], environment).ended;
    assert.equal(told.exitCode, 0, told.stderr);
    assert.match(told.stdout, /^agent: serves host host-2, whose heart beat \d+ seconds ago\n/);
    assert.match(told.stdout, /^guests: none\n/m);
    // Its folder is its own: the APIs are served beside it.
    await using api = startMain(['api', '--hosts', '3'], environment);
    await api.prints(ready);
    const { exitCode, stdout } = await agent.signal('SIGTERM');
    assert.equal(exitCode, 0);
    assert.equal(stdout.match(apart)?.length, 1);
  });

  it('is of one host only, and of one that there is', async () => {
    using state = temporaryDirectory();
    const refusals: [string[], RegExp][] = [
      [
        ['agent', '--hosts', '3'],
        /^cumulet: An agent serves one host, but 3 are named: say which /,
      ],
      [['agent', '--hosts', '2', '--host', 'x'], /^cumulet: There is no host "x" among host-1, /],
      [['agent', 'host-1'], /^cumulet: .*host-1/],
      [['api', '--host'], /^cumulet: /],
    ];
    for (const [args, sentence] of refusals) {
      const { exitCode, stderr } = await startMain(args, environmentFor(state.path)).ended;
      assert.deepEqual([args, exitCode], [args, 2]);
      assert.match(stderr, sentence);
    }
  });
});

describe('a folder that a process serves', () => {
  for (const [holder, isThere] of [
    ['up', ready],
    ['api', ready],
    ['agent', agentReady],
  ] as const) {
    it(`is refused to all others by ${holder}`, async () => {
      using state = temporaryDirectory();
      const environment = environmentFor(state.path);
      await using served = startMain([holder], environment);
      await served.prints(isThere);
      for (const other of ['up', 'api', 'agent']) {
        const { exitCode, stderr } = await startMain([other], environment).ended;
        assert.deepEqual([other, exitCode], [other, 1]);
        assert.match(stderr, new RegExp(`is in use by process ${served.processId}; stop it`));
      }
      const stop = await startMain(['stop'], environment).ended;
      assert.equal(stop.exitCode, 0, stop.stderr);
      assert.equal((await served.ended).exitCode, 0);
    });
  }
});
