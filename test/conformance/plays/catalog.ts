import { type Play, type Prepared, play } from '../play.ts';
import { idIn, type Stage } from '../stage.ts';

const id = '{flavor_id}';

/** Flavors, what belongs to them, and what is only read. */
export function catalogPlays(): Play[] {
  return [...flavorPlays(), ...specPlays(), ...accessPlays(), ...readPlays(), ...imagePlays()];
}

async function newFlavor(stage: Stage, extra: object = {}): Promise<string> {
  const flavor = { name: `flavor-${stage.next()}`, ram: 64, vcpus: 1, disk: 1, ...extra };
  return idIn(await stage.ask('POST', '/v2.1/flavors', { flavor }), 'flavor');
}

const onFlavor = async (stage: Stage): Promise<Prepared> => ({ ids: [await newFlavor(stage)] });

/** The samples always make the same flavor. */
async function uniquely(stage: Stage): Promise<Prepared> {
  const number = stage.next();
  return {
    adjust: (body) => {
      body.flavor.id = `sample-${number}`;
      body.flavor.name += String(number);
    },
  };
}

function flavorPlays(): Play[] {
  const create = 'POST /flavors';
  const change = `PUT /flavors/${id}`;
  return [
    play('flavors', 'GET /flavors', { answer: 'flavors-list-resp' }),
    play('flavors', 'GET /flavors/detail', { answer: 'flavors-detail-resp' }),
    play('flavors', `GET /flavors/${id}`, { answer: 'flavor-get-resp' }, onFlavor),
    play(
      'flavor-manage',
      create,
      { request: 'flavor-create-post-req', answer: 'flavor-create-post-resp' },
      uniquely,
    ),
    play(
      'flavor-manage',
      change,
      { request: 'flavor-update-req', answer: 'flavor-update-resp' },
      onFlavor,
    ),
    play('flavor-access', create, { request: 'flavor-create-req' }, uniquely),
  ];
}

function specPlays(): Play[] {
  const withSpec = async (stage: Stage): Promise<Prepared> => {
    const flavor = await newFlavor(stage);
    const specs = { extra_specs: { 'hw:numa_nodes': '1' } };
    await stage.ask('POST', `/v2.1/flavors/${flavor}/os-extra_specs`, specs);
    return { ids: [flavor, 'hw:numa_nodes'] };
  };
  const resource = 'flavor-extra-specs';
  const all = `/flavors/${id}/os-extra_specs`;
  const named = (verb: string, request: boolean) => ({
    ...(request && { request: `${resource}-${verb}-req` }),
    answer: `${resource}-${verb}-resp`,
  });
  return [
    play(resource, `POST ${all}`, named('create', true), withSpec),
    play(resource, `GET ${all}`, named('list', false), withSpec),
    play(resource, `GET ${all}/{key}`, named('get', false), withSpec),
    play(resource, `PUT ${all}/{key}`, named('update', true), withSpec),
  ];
}

function accessPlays(): Play[] {
  const withAccess = (member?: string) => async (stage: Stage) => {
    const flavor = await newFlavor(stage, { 'os-flavor-access:is_public': false });
    const { body } = await stage.cloud.admin.get('/v3/projects?name=demo');
    const other = await stage.cloud.admin.get('/v3/projects?name=admin');
    const tenant = body.projects[0].id;
    const action = { addTenantAccess: { tenant } };
    await stage.ask('POST', `/v2.1/flavors/${flavor}/action`, action);
    const another = { addTenantAccess: { tenant: other.body.projects[0].id } };
    if (member === 'removeTenantAccess') {
      await stage.ask('POST', `/v2.1/flavors/${flavor}/action`, another);
    }
    const adjust = (sent: { [name: string]: { tenant: string } } | undefined) => {
      const asked = member === undefined ? undefined : sent?.[member];
      if (asked) asked.tenant = another.addTenantAccess.tenant;
    };
    return { ids: [flavor], adjust };
  };
  const named = (verb: string) => ({
    request: `flavor-access-${verb}-req`,
    answer: `flavor-access-${verb}-resp`,
  });
  const act = `POST /flavors/${id}/action`;
  return [
    play(
      'flavor-access',
      `GET /flavors/${id}/os-flavor-access`,
      { answer: 'flavor-access-list-resp' },
      withAccess(),
    ),
    play(
      'flavor-access',
      `${act} addTenantAccess`,
      named('add-tenant'),
      withAccess('addTenantAccess'),
    ),
    play(
      'flavor-access',
      `${act} removeTenantAccess`,
      named('remove-tenant'),
      withAccess('removeTenantAccess'),
    ),
  ];
}

function readPlays(): Play[] {
  const extensions = { answer: 'extensions-list-resp' };
  const compatible = { answer: 'extensions-list-resp-v21-compatible' };
  return [
    play('limits', 'GET /limits', { answer: 'limit-get-resp' }),
    play('extension-info', 'GET /extensions', extensions),
    play('extension-info', 'GET /extensions', compatible),
    play(
      'extension-info',
      'GET /extensions/{alias}',
      { answer: 'extensions-get-resp' },
      async () => ({ ids: ['os-agents'] }),
    ),
    play('os-availability-zone', 'GET /os-availability-zone', {
      answer: 'availability-zone-list-resp',
    }),
    play('os-availability-zone', 'GET /os-availability-zone/detail', {
      answer: 'availability-zone-detail-resp',
    }),
    play('versions', 'GET /', { answer: 'versions-get-resp' }),
    play('versions', 'GET /v2', { answer: 'v2-version-get-resp' }),
    play('versions', 'GET /v2.1', { answer: 'v21-version-get-resp' }),
  ];
}

function imagePlays(): Play[] {
  const all = '/images/{image_id}/metadata';
  const put = async (stage: Stage): Promise<Prepared> => {
    await stage.ask('PUT', `/v2.1/images/${stage.imageId}/metadata`, {
      metadata: { auto_disk_config: 'True' },
    });
    return { ids: [stage.imageId, 'auto_disk_config'] };
  };
  const named = (name: string) => ({ request: `${name}-req`, answer: `${name}-resp` });
  return [
    play('images', 'GET /images', { answer: 'images-list-get-resp' }),
    play('images', 'GET /images/detail', { answer: 'images-details-get-resp' }, put),
    play('images', 'GET /images/{image_id}', { answer: 'image-get-resp' }, put),
    play('images', `GET ${all}`, { answer: 'image-metadata-get-resp' }, put),
    play('images', `POST ${all}`, named('image-metadata-post'), put),
    play('images', `PUT ${all}`, named('image-metadata-put'), put),
    play('images', `GET ${all}/{key}`, { answer: 'image-meta-key-get' }, put),
    play('images', `PUT ${all}/{key}`, named('image-meta-key-put'), put),
  ];
}
