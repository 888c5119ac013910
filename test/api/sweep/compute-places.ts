import type { Client } from '#test/client.ts';
import type { TestCloud } from '#test/cloud.ts';
import { hand, type Ids, make } from './places.ts';

const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });
const newest = at('2.96');

/** The clouds' own things of compute, one for each project, or the same for both. */
export async function fillCompute(cloud: TestCloud, name: string, ids: Ids): Promise<Ids> {
  const { admin } = cloud;
  const aggregate = { name, availability_zone: null };
  const aggregate_id = String((await make(admin, '/v2.1/os-aggregates', { aggregate }))?.id);
  return {
    aggregate_id,
    flavor_id: await makeFlavor(admin, name, ids.quota_project_id ?? ''),
    quota_class: 'default',
    host_name: 'one',
    enterprise_project_id: '0',
    version_id: 'v2.1',
    before: '2026-01-01 00:00:00',
    ...(await serviceIds(admin)),
    ...(await hypervisorIds(admin)),
    ...(await aliases(admin)),
  };
}

/** One that only this project has. */
async function makeFlavor(admin: Client, name: string, tenant: string): Promise<string> {
  const access = { 'os-flavor-access:is_public': false };
  const flavor = { name, ram: 64, vcpus: 1, disk: 0, ...access };
  const id = (await make(admin, '/v2.1/flavors', { flavor }))?.id ?? '';
  const path = `/v2.1/flavors/${id}`;
  await hand(admin.post(`${path}/action`, { addTenantAccess: { tenant } }));
  await hand(admin.post(`${path}/os-extra_specs`, { extra_specs: { [name]: '1' } }));
  return id;
}

async function serviceIds(admin: Client): Promise<Ids> {
  const byNumber = (await hand(admin.get('/v2.1/os-services'))).services[0];
  const byUuid = (await hand(admin.get('/v2.1/os-services', at('2.53')))).services[0];
  return {
    'os numbered service_id': String(byNumber.id),
    'os service_id': byUuid.id,
    'os act service_id': 'enable',
  };
}

async function hypervisorIds(admin: Client): Promise<Ids> {
  const byNumber = (await hand(admin.get('/v2.1/os-hypervisors'))).hypervisors[0];
  const byUuid = (await hand(admin.get('/v2.1/os-hypervisors', at('2.53')))).hypervisors[0];
  return {
    'numbered hypervisor_id': String(byNumber.id),
    hypervisor_id: byUuid.id,
    'pattern hypervisor_id': byUuid.hypervisor_hostname,
  };
}

async function aliases(admin: Client): Promise<Ids> {
  const ofCompute = (await hand(admin.get('/v2.1/extensions'))).extensions[0];
  const ofNetworks = (await hand(admin.get('/network/v2.0/extensions'))).extensions[0];
  return { 'compute alias': ofCompute.alias, alias: ofNetworks.alias };
}

/** What stands below a server and an image by a word. */
export async function fillWords(client: Client, name: string, ids: Ids): Promise<Ids> {
  const server = `/v2.1/servers/${ids.server_id}`;
  await hand(client.post(`${server}/metadata`, { metadata: { [name]: '1' } }));
  await hand(client.put(`${server}/tags/${name}`, undefined, newest));
  await hand(client.put(`/image/v2/images/${ids.image_id}/tags/${name}`));
  await hand(client.post(`/v2.1/images/${ids.image_id}/metadata`, { metadata: { [name]: '1' } }));
  const remote_console = { protocol: 'vnc', type: 'novnc' };
  const made = await hand(client.post(`${server}/remote-consoles`, { remote_console }, newest));
  const url = new URL(made.remote_console.url);
  const token =
    url.searchParams.get('token') ?? new URLSearchParams(url.hash.slice(1)).get('token');
  const inPath = new URLSearchParams(url.searchParams.get('path')?.split('?')[1]).get('token');
  return {
    key: name,
    tag: name,
    network_label: name,
    token: token ?? inPath ?? '',
  };
}
