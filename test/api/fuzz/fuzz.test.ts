import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import fc from 'fast-check';
import type { Endpoint } from '#endpoints/endpoint.ts';
import type { Surface } from '#endpoints/surface.ts';
import type { Client } from '#test/client.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { type PostgresServer, startPostgres } from '#test/postgres.ts';
import { flavorId, makeServer } from '#test/servers.ts';
import { type FuzzedRequest, requestsTo } from './requests.ts';

const runsPerEndpoint = 25;
const seed = 20_261_121;

/** Ids and names of things that exist and whose loss takes nobody's token away. */
async function makeKnown(cloud: TestCloud): Promise<string[]> {
  const { admin } = cloud;
  const made = async (path: string, body: object) => {
    const answer = await admin.post(path, body);
    return Object.values(answer.body as Record<string, { id: string }>)[0]?.id ?? '';
  };
  const network = await made('/network/v2.0/networks', { network: { name: 'fuzzed' } });
  const subnet = { network_id: network, ip_version: 4, cidr: '198.18.0.0/16' };
  const image = { name: 'fuzzed', disk_format: 'raw', container_format: 'bare' };
  const imageAnswer = await admin.post('/image/v2/images', image);
  const flavor = { name: 'fuzzed', vcpus: 1, ram: 64, disk: 1 };
  const group = { security_group: { name: 'fuzzed' } };
  await admin.post('/v2.1/os-keypairs', { keypair: { name: 'fuzzed' } });
  return [
    network,
    await made('/network/v2.0/subnets', { subnet }),
    await made('/network/v2.0/ports', { port: { network_id: network } }),
    await made('/network/v2.0/routers', { router: { name: 'fuzzed' } }),
    await made('/network/v2.0/security-groups', group),
    await made('/v3/projects', { project: { name: 'fuzzed' } }),
    await made('/v3/users', { user: { name: 'fuzzed', password: 'fuzzed password' } }),
    await made('/v3/roles', { role: { name: 'fuzzed' } }),
    await made('/v2.1/flavors', { flavor }),
    imageAnswer.body.id,
    await makeServer(cloud),
    await flavorId(admin),
    'fuzzed',
    'private',
  ];
}

function describeRequest({ method, path, headers, body }: FuzzedRequest): string {
  const text = body instanceof Uint8Array ? `${body.length} bytes` : String(body);
  return `${method} ${path} ${JSON.stringify(headers)} ${text}`.slice(0, 3000);
}

async function fuzz(
  client: Client,
  surface: Surface<unknown>,
  endpoint: Endpoint<unknown>,
  known: readonly string[],
  numRuns: number,
): Promise<void> {
  const property = fc.asyncProperty(requestsTo(surface, endpoint, known), async (request) => {
    const { method, path, headers, body } = request;
    const answer = await client.request(method, path, body, headers);
    assert.ok(answer.status < 500, `${answer.status} to ${describeRequest(request)}`);
    assert.match(answer.headers.get('x-openstack-request-id') ?? '', /^req-/, path);
  });
  // The cloud changes under the requests, so a failure is not made smaller but shown as it was.
  await fc.assert(property, { numRuns, seed, endOnFailure: true });
}

function fuzzEverything(numRuns: number, open: () => Promise<TestCloud>): void {
  let cloud: TestCloud;
  before(async () => {
    cloud = await open();
  });
  after(() => cloud?.[Symbol.asyncDispose]());

  test('no request whatever makes an endpoint answer 5xx', async () => {
    const known = await makeKnown(cloud);
    const failures: string[] = [];
    for (const surface of cloud.cloud.surfaces) {
      for (const endpoint of surface.endpoints) {
        await fuzz(cloud.admin, surface, endpoint, known, numRuns).catch((error: Error) => {
          failures.push(error.message);
        });
      }
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
  fuzzEverything(runsPerEndpoint, () => startTestCloud());
});

describe('generated requests to every endpoint, on PostgreSQL', () => {
  let server: PostgresServer;
  before(async () => {
    server = await startPostgres();
  });
  after(() => server?.stop());
  fuzzEverything(runsPerEndpoint, async () =>
    startTestCloud({ config: { database: await server.createDatabase() } }),
  );
});
