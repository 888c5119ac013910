import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  compareMicroversions,
  formatMicroversion,
  type Microversion,
  parseMicroversion,
  withinRange,
} from '#base/microversion.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { startTestCloud } from '#test/cloud.ts';

/** In Nova nothing looks at parameters that it does not know before this version, but these. */
const closedForAll = '2.102';
const closedBefore: Record<string, string> = {
  '/servers': '2.75',
  '/servers/detail': '2.75',
  '/servers/{server_id}/os-instance-actions': '2.58',
  '/flavors': '2.75',
  '/flavors/detail': '2.75',
  '/limits': '2.75',
  '/os-console-auth-tokens/{token}': '2.99',
  '/os-hypervisors': '2.53',
  '/os-hypervisors/detail': '2.53',
  '/os-hypervisors/{hypervisor_id}': '2.53',
  '/os-keypairs': '2.75',
  '/os-keypairs/{keypair_name}': '2.75',
  '/os-migrations': '2.59',
  '/os-quota-sets/{quota_project_id}': '2.75',
  '/os-quota-sets/{quota_project_id}/detail': '2.75',
  '/os-server-groups': '2.75',
  '/os-services': '2.75',
  '/os-simple-tenant-usage': '2.75',
  '/os-simple-tenant-usage/{usage_project_id}': '2.75',
};

const someId = '00000000-0000-4000-8000-000000000000';

function version(text: string): Microversion {
  const read = parseMicroversion(text);
  if (!read) throw new Error(`${text} is no version`);
  return read;
}

function justBefore({ major, minor }: Microversion): Microversion {
  return { major, minor: minor - 1 };
}

/** The last version of the endpoint that takes anything, and the newest of all. */
function bordersOf(endpoint: Endpoint<unknown>, maximum: Microversion) {
  const closed = version(closedBefore[endpoint.path] ?? closedForAll);
  const last = endpoint.until ? version(endpoint.until) : maximum;
  const open = compareMicroversions(last, closed) < 0 ? last : justBefore(closed);
  return {
    open: withinRange(open, endpoint) ? open : undefined,
    closed: withinRange(closed, endpoint) ? closed : undefined,
    newest: compareMicroversions(last, closed) < 0 ? undefined : last,
  };
}

test('a parameter that no one knows is refused from its version on', async () => {
  await using cloud = await startTestCloud();
  const surface = cloud.cloud.surfaces.find(({ name }) => name === 'compute-v2.1');
  assert.ok(surface?.versioning);
  const wrong: string[] = [];
  for (const endpoint of surface.endpoints) {
    // What was removed looks at nothing.
    if (endpoint.method !== 'GET' || endpoint.public || endpoint.status === 410) continue;
    const path = `/v2.1${endpoint.path.replaceAll(/\{\w+\}/g, someId)}?no_such_parameter=1`;
    const refuses = async (at: Microversion) => {
      const asked = { 'openstack-api-version': `compute ${formatMicroversion(at)}` };
      const { status, body } = await cloud.admin.get(path, asked);
      assert.ok(status < 500, path);
      return status === 400 && /no_such_parameter/.test(JSON.stringify(body));
    };
    const { open, closed, newest } = bordersOf(endpoint, surface.versioning.maximum);
    if (open && (await refuses(open))) wrong.push(`${formatMicroversion(open)} refuses ${path}`);
    for (const at of [closed, newest]) {
      if (at && !(await refuses(at))) wrong.push(`${formatMicroversion(at)} ignores ${path}`);
    }
  }
  assert.deepEqual(wrong, []);
});
