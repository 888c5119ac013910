import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { Endpoint } from '#endpoints/endpoint.ts';
import type { Surface } from '#endpoints/surface.ts';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { type PostgresServer, startPostgres } from '#test/postgres.ts';
import { makeImage, makeServer } from '#test/servers.ts';
import { type FuzzedRequest, requestsTo } from './requests.ts';
import type { Known } from './schema-values.ts';

/** How often each endpoint is asked; those with a body have more to say. */
interface Effort {
  numRuns: number;
  numRunsWithBody: number;
}
const thorough: Effort = { numRuns: 12, numRunsWithBody: 40 };
const brief: Effort = { numRuns: 4, numRunsWithBody: 10 };
const seed = 20_261_121;

/** Things that exist and whose loss takes nobody's token away. */
async function makeKnown(cloud: TestCloud): Promise<Known> {
  const { admin } = cloud;
  const made = async (path: string, body: object) => {
    const answer = await admin.post(path, body);
    return Object.values(answer.body as Record<string, { id: string }>)[0]?.id ?? '';
  };
  const name = 'fuzzed';
  // Of another project: with two networks of its own, a new server would have to name one.
  const ofDemo = { name, tenant_id: cloud.demo.projectId };
  const network = await made('/network/v2.0/networks', { network: ofDemo });
  const subnet = { network_id: network, ip_version: 4, cidr: '198.18.0.0/16' };
  const group = { security_group: { name } };
  await admin.post('/v2.1/os-keypairs', { keypair: { name } });
  const byKind = {
    network,
    subnet: await made('/network/v2.0/subnets', { subnet }),
    port: await made('/network/v2.0/ports', { port: { network_id: network } }),
    router: await made('/network/v2.0/routers', { router: { name } }),
    security_group: await made('/network/v2.0/security-groups', group),
    domain: await made('/v3/domains', { domain: { name } }),
    project: await made('/v3/projects', { project: { name } }),
    user: await made('/v3/users', { user: { name, password: 'fuzzed password' } }),
    group: await made('/v3/groups', { group: { name } }),
    role: await made('/v3/roles', { role: { name } }),
    flavor: await made('/v2.1/flavors', { flavor: { name, vcpus: 1, ram: 64, disk: 1 } }),
    image: await makeImage(admin, { visibility: 'public' }),
    server: await makeServer(cloud),
    keypair: name,
    cidr: '198.19.0.0/16',
  };
  return { byKind, all: [...Object.values(byKind), 'private', 'default'] };
}

function describeRequest({ method, path, headers, body }: FuzzedRequest): string {
  const text = body instanceof Uint8Array ? `${body.length} bytes` : String(body);
  return `${method} ${path} ${JSON.stringify(headers)} ${text}`.slice(0, 3000);
}

async function fuzz(
  client: Client,
  surface: Surface<unknown>,
  endpoint: Endpoint<unknown>,
  known: Known,
  effort: Effort,
): Promise<void> {
  const numRuns = endpoint.body ? effort.numRunsWithBody : effort.numRuns;
  const property = fc.asyncProperty(requestsTo(surface, endpoint, known), async (request) => {
    const { method, path, headers, body } = request;
    const answer = await client.request(method, path, body, headers);
    assert.ok(answer.status < 500, `${answer.status} to ${describeRequest(request)}`);
    assert.match(answer.headers.get('x-openstack-request-id') ?? '', /^req-/, path);
  });
  // The cloud changes under the requests, so a failure is not made smaller but shown as it was.
  await fc.assert(property, { numRuns, seed, endOnFailure: true });
}

function fuzzEverything(effort: Effort, open: () => Promise<TestCloud>): void {
  let cloud: TestCloud;
  before(async () => {
    cloud = await open();
  });
  after(() => cloud?.[Symbol.asyncDispose]());

  test('no request whatever makes an endpoint answer 5xx', async () => {
    const known = await makeKnown(cloud);
    const failures: string[] = [];
    const every = cloud.cloud.surfaces.flatMap((surface) =>
      surface.endpoints.map((endpoint) => ({ surface, endpoint })),
    );
    // What is deleted is not there for the others, so deletions come last.
    const [others, deletions] = [false, true].map((isDeletion) =>
      every.filter(({ endpoint }) => (endpoint.method === 'DELETE') === isDeletion),
    );
    for (const { surface, endpoint } of [...(others ?? []), ...(deletions ?? [])]) {
      await fuzz(cloud.admin, surface, endpoint, known, effort).catch((error: Error) => {
        failures.push(error.message);
      });
    }
    assert.deepEqual(failures, []);
  });

  test('afterwards the cloud is at rest and serves as before', async () => {
    await cloud.cloud.services.operations.whenIdle();
    assert.equal((await cloud.admin.get('/v2.1/servers/detail?all_tenants=1')).status, 200);
    const id = await makeServer(cloud);
    const { body } = await cloud.demo.get(`/v2.1/servers/${id}`);
    assert.equal(body.server.status, 'ACTIVE');
  });
}

describe('generated requests to every endpoint, on SQLite', () => {
  fuzzEverything(thorough, () => startTestCloud());
});

describe('generated requests to every endpoint, on PostgreSQL', () => {
  let server: PostgresServer;
  before(async () => {
    server = await startPostgres();
  });
  after(() => server?.stop());
  fuzzEverything(brief, async () =>
    startTestCloud({ config: { database: await server.createDatabase() } }),
  );
});
