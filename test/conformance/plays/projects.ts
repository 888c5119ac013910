import { type Play, type Prepared, play } from '../play.ts';
import { idIn, type Stage } from '../stage.ts';

/** What a project has beside servers: key pairs, quotas, groups; and aggregates of hosts. */
export function projectPlays(): Play[] {
  return [...keypairPlays(), ...quotaPlays(), ...groupPlays(), ...aggregatePlays()];
}

function keypairPlays(): Play[] {
  const resource = 'os-keypairs';
  const both = (name: string) => ({ request: `${name}-post-req`, answer: `${name}-post-resp` });
  const imported = async (stage: Stage): Promise<Prepared> => {
    const name = `key-${stage.next()}`;
    await stage.ask('POST', '/v2.1/os-keypairs', { keypair: { name } });
    return { ids: [name] };
  };
  const uniquely = async (stage: Stage): Promise<Prepared> => {
    const number = stage.next();
    return {
      adjust: (body) => {
        body.keypair.name += String(number);
      },
    };
  };
  const listed = async (stage: Stage, version: string): Promise<Prepared> => {
    await imported(stage);
    await imported(stage);
    return version === '2.35' ? { query: '?limit=1' } : {};
  };
  const ofUser = async (stage: Stage): Promise<Prepared> => {
    await imported(stage);
    return { query: `?user_id=${stage.player.userId}` };
  };
  const pageOfUser = async (stage: Stage): Promise<Prepared> => {
    await imported(stage);
    return { query: `${(await ofUser(stage)).query}&limit=1` };
  };
  const all = 'GET /os-keypairs';
  return [
    play(resource, 'POST /os-keypairs', both('keypairs-import'), uniquely),
    // Since 2.92 a key pair without a public key is refused, and the sample has none.
    { ...play(resource, 'POST /os-keypairs', both('keypairs'), uniquely), refused: ['2.92'] },
    play(resource, `${all}/{name}`, { answer: 'keypairs-get-resp' }, imported),
    play(resource, all, { answer: 'keypairs-list-resp' }, listed),
    play(resource, all, { answer: 'keypairs-list-user1-resp' }, ofUser),
    play(resource, all, { answer: 'keypairs-list-user2-resp' }, pageOfUser),
  ];
}

function quotaPlays(): Play[] {
  const project = async (stage: Stage): Promise<Prepared> => ({
    ids: [stage.player.projectId ?? ''],
  });
  const user = async (stage: Stage): Promise<Prepared> => ({
    ids: [stage.player.projectId ?? ''],
    query: `?user_id=${stage.player.userId}`,
  });
  const one = '/os-quota-sets/{id}';
  const change = (name: string) => ({ request: `${name}-post-req`, answer: `${name}-post-resp` });
  const quotas = 'os-quota-sets';
  const classes = 'os-quota-class-sets';
  const byDefault = async () => ({ ids: ['default'] });
  return [
    play(quotas, `GET ${one}`, { answer: 'quotas-show-get-resp' }, project),
    play(quotas, `GET ${one}/defaults`, { answer: 'quotas-show-defaults-get-resp' }, project),
    play(quotas, `GET ${one}/detail`, { answer: 'quotas-show-detail-get-resp' }, project),
    play(quotas, `PUT ${one}`, change('quotas-update'), project),
    play(quotas, `PUT ${one}`, change('quotas-update-force'), project),
    play(quotas, `GET ${one}`, { answer: 'user-quotas-show-get-resp' }, user),
    play(quotas, `PUT ${one}`, change('user-quotas-update'), user),
    play(classes, `GET /${classes}/{id}`, { answer: 'quota-classes-show-get-resp' }, byDefault),
    play(classes, `PUT /${classes}/{id}`, change('quota-classes-update'), byDefault),
  ];
}

function groupPlays(): Play[] {
  const resource = 'os-server-groups';
  const both = { request: 'server-groups-post-req', answer: 'server-groups-post-resp' };
  const group = async (stage: Stage, version: string): Promise<Prepared> => {
    const name = `group-${stage.next()}`;
    const isNew = version === '2.64';
    const old = { name, policies: ['anti-affinity'] };
    const newer = { name, policy: 'anti-affinity', rules: { max_server_per_host: 3 } };
    const body = { server_group: isNew ? newer : old };
    const made = await stage.ask('POST', '/v2.1/os-server-groups', body, version);
    return { ids: [idIn(made, 'server_group')] };
  };
  const create = 'POST /os-server-groups';
  const show = 'GET /os-server-groups/{id}';
  return [
    play(resource, create, both),
    play('servers', create, both),
    play(resource, 'GET /os-server-groups', { answer: 'server-groups-list-resp' }, group),
    play(resource, show, { answer: 'server-groups-get-resp' }, group),
  ];
}

function aggregatePlays(): Play[] {
  const resource = 'os-aggregates';
  const one = '/os-aggregates/{id}';
  const empty = async (stage: Stage): Promise<Prepared> => {
    const aggregate = { name: `aggregate-${stage.next()}`, availability_zone: 'us-west' };
    const made = await stage.ask('POST', '/v2.1/os-aggregates', { aggregate });
    const adjust = (body: { [action: string]: { host?: string } } | undefined) => {
      for (const asked of Object.values(body ?? {})) {
        if (asked.host !== undefined) asked.host = stage.hostName;
      }
    };
    return { ids: [idIn(made, 'aggregate')], adjust };
  };
  const withHost = async (stage: Stage): Promise<Prepared> => {
    const prepared = await empty(stage);
    const add_host = { host: stage.hostName };
    await stage.ask('POST', `/v2.1/os-aggregates/${prepared.ids?.[0]}/action`, { add_host });
    return prepared;
  };
  const uniquely = async (stage: Stage): Promise<Prepared> => ({
    ids: (await empty(stage)).ids ?? [],
    adjust: (body) => {
      body.aggregate.name += String(stage.next());
    },
  });
  const act = `POST ${one}/action`;
  const named = (request: string, answer: string) => ({
    request: `aggregate-${request}-post-req`,
    answer: `aggregates-${answer}-post-resp`,
  });
  const images = async (stage: Stage): Promise<Prepared> => ({
    ids: (await withHost(stage)).ids ?? [],
    adjust: (body) => {
      body.cache = [{ id: stage.imageId }];
    },
  });
  return [
    play(
      resource,
      'POST /os-aggregates',
      { request: 'aggregate-post-req', answer: 'aggregate-post-resp' },
      uniquely,
    ),
    play(
      resource,
      `PUT ${one}`,
      { request: 'aggregate-update-post-req', answer: 'aggregate-update-post-resp' },
      uniquely,
    ),
    play(resource, 'GET /os-aggregates', { answer: 'aggregates-list-get-resp' }, empty),
    play(resource, `GET ${one}`, { answer: 'aggregates-get-resp' }, empty),
    play(resource, `${act} add_host`, named('add-host', 'add-host'), empty),
    play(resource, `${act} remove_host`, named('remove-host', 'remove-host'), withHost),
    play(resource, `${act} set_metadata`, named('metadata', 'metadata'), empty),
    play(resource, `POST ${one}/images`, { request: 'aggregate-images-post-req' }, images),
  ];
}
