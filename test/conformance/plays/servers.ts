import { onServer, type Play, type Prepared, play } from '../play.ts';
import { idIn, type Stage } from '../stage.ts';

const one = '/servers/{id}';

/** Servers and what stands below them. */
export function serverPlays(): Play[] {
  return [...createPlays(), ...readPlays(), ...changePlays(), ...partPlays(), ...consolePlays()];
}

/** Hints name servers and groups of another cloud. */
async function withHints(stage: Stage): Promise<Prepared> {
  return {
    adjust: async (body) => {
      const hints = body['OS-SCH-HNT:scheduler_hints'] ?? {};
      if (hints.same_host) hints.same_host = await stage.makeServer();
      if (hints.group) hints.group = await makeGroup(stage);
    },
  };
}

async function makeGroup(stage: Stage): Promise<string> {
  const server_group = { name: `group-${stage.next()}`, policies: ['affinity'] };
  const made = await stage.ask('POST', '/v2.1/os-server-groups', { server_group });
  return idIn(made, 'server_group');
}

function createPlays(): Play[] {
  const create = 'POST /servers';
  const named = (request: string, answer = 'server-create-resp') => ({ request, answer });
  const pinned = ['host-and-node', 'only-host', 'only-node'].map((name) =>
    play('servers', create, named(`server-create-req-with-${name}`), withHints),
  );
  return [
    play('servers', create, named('server-create-req'), withHints),
    play('os-multiple-create', create, {
      request: 'multiple-create-post-req',
      answer: 'multiple-create-post-resp',
    }),
    play('os-multiple-create', create, {
      request: 'multiple-create-no-resv-post-req',
      answer: 'multiple-create-no-resv-post-resp',
    }),
    ...pinned,
  ];
}

const withKey = async (stage: Stage): Promise<string> => {
  const name = `key-${stage.next()}`;
  await stage.ask('POST', '/v2.1/os-keypairs', { keypair: { name } });
  const wanted = { key_name: name, metadata: { 'My Server Name': 'Apache1' } };
  return stage.makeServer({ ...wanted, availability_zone: 'us-west' });
};

const shownServer = async (stage: Stage): Promise<Prepared> => ({ ids: [await withKey(stage)] });

/** One more than a page holds, where the sample has links to the next. */
const listedServer = async (stage: Stage, _version: string, answer: unknown): Promise<Prepared> => {
  await withKey(stage);
  await stage.makeServer();
  const isPage = Object.hasOwn(answer as object, 'servers_links');
  return isPage ? { query: '?limit=1' } : {};
};

function readPlays(): Play[] {
  const details = 'GET /servers/detail';
  const changedBefore = async (stage: Stage): Promise<Prepared> => {
    await withKey(stage);
    return { query: '?changes-before=2099-01-01T00:00:00Z' };
  };
  const show = `GET ${one}`;
  return [
    play('servers', show, { answer: 'server-get-resp' }, shownServer),
    play('servers', 'GET /servers', { answer: 'servers-list-resp' }, listedServer),
    play('servers', 'GET /servers', { answer: 'servers-list-status-resp' }, listedServer),
    play('servers', details, { answer: 'servers-details-resp' }, listedServer),
    play('servers', details, { answer: 'servers-details-with-changes-before' }, changedBefore),
    play('servers', 'GET /servers', { answer: 'servers-list-with-changes-before' }, changedBefore),
    play('servers-sort', 'GET /servers', { answer: 'server-sort-keys-list-resp' }, shownServer),
    play('os-server-tags', show, { answer: 'server-tags-show-details-resp' }, shownServer),
    play('os-server-tags', details, { answer: 'servers-tags-details-resp' }, shownServer),
  ];
}

function changePlays(): Play[] {
  return [
    play(
      'servers',
      `PUT ${one}`,
      { request: 'server-update-req', answer: 'server-update-resp' },
      shownServer,
    ),
    play(
      'servers',
      `PUT ${one}`,
      { request: 'server-put-req', answer: 'server-put-resp' },
      shownServer,
    ),
  ];
}

function partPlays(): Play[] {
  const meta = `${one}/metadata`;
  const withMeta = async (stage: Stage): Promise<Prepared> => ({
    ids: [await stage.makeServer({ metadata: { foo: 'Foo Value' } }), 'foo'],
  });
  const all = { request: 'server-metadata-all-req', answer: 'server-metadata-all-resp' };
  const item = { request: 'server-metadata-req', answer: 'server-metadata-resp' };
  const network = async (stage: Stage) => ({ ids: [await stage.makeServer(), 'private'] });
  const tags = { request: 'server-tags-put-all-req', answer: 'server-tags-put-all-resp' };
  const tagged = async (stage: Stage): Promise<Prepared> => {
    const id = await stage.makeServer();
    await stage.ask('PUT', `/v2.1/servers/${id}/tags`, { tags: ['one', 'two'] }, '2.26');
    return { ids: [id] };
  };
  const bare = { answer: 'server-metadata-all-resp' };
  return [
    play('server-metadata', `PUT ${meta}`, all, withMeta),
    play('server-metadata', `POST ${meta}`, all, withMeta),
    play('server-metadata', `GET ${meta}`, bare, withMeta),
    play('server-metadata', `PUT ${meta}/{key}`, item, withMeta),
    play('server-metadata', `GET ${meta}/{key}`, { answer: 'server-metadata-resp' }, withMeta),
    play('server-ips', `GET ${one}/ips`, { answer: 'server-ips-resp' }, onServer),
    play('server-ips', `GET ${one}/ips/{network}`, { answer: 'server-ips-network-resp' }, network),
    play('os-server-tags', `GET ${one}/tags`, { answer: 'server-tags-index-resp' }, tagged),
    play('os-server-tags', `PUT ${one}/tags`, tags, tagged),
    play(
      'os-server-password',
      `GET ${one}/os-server-password`,
      { answer: 'get-password-resp' },
      onServer,
    ),
    ...actionPlays(),
  ];
}

function actionPlays(): Play[] {
  const resource = 'os-instance-actions';
  const all = `${one}/os-instance-actions`;
  const queries: Record<string, string> = {
    'instance-actions-list-resp': '',
    'instance-actions-list-with-changes-since': '?changes-since=2012-01-01T00:00:00Z',
    'instance-actions-list-with-changes-before': '?changes-before=2099-01-01T00:00:00Z',
    'instance-actions-list-with-limit-resp': '?limit=1',
    'instance-actions-list-with-marker-resp': '',
  };
  const rebooted = async (stage: Stage) => {
    const id = await stage.makeServer();
    await stage.ask('POST', `/v2.1/servers/${id}/action`, { reboot: { type: 'HARD' } });
    await stage.idle();
    return id;
  };
  const lists = Object.entries(queries).map(([answer, query]) =>
    play(resource, `GET ${all}`, { answer }, async (stage) => {
      return { ids: [await rebooted(stage)], query };
    }),
  );
  const first = async (stage: Stage): Promise<Prepared> => {
    const id = await rebooted(stage);
    const { instanceActions } = (await stage.ask(
      'GET',
      `/v2.1/servers/${id}/os-instance-actions`,
    )) as { instanceActions: { request_id: string }[] };
    return { ids: [id, instanceActions.at(-1)?.request_id ?? ''] };
  };
  return [
    ...lists,
    play(resource, `GET ${all}/{request_id}`, { answer: 'instance-action-get-resp' }, first),
    play(
      resource,
      `GET ${all}/{request_id}`,
      { answer: 'instance-action-get-non-admin-resp' },
      first,
    ),
  ];
}

function consolePlays(): Play[] {
  const act = `POST ${one}/action`;
  const remote = `POST ${one}/remote-consoles`;
  const consoles = 'os-remote-consoles';
  const output = { request: 'console-output-post-req', answer: 'console-output-post-resp' };
  const both = (name: string) => ({ request: `${name}-req`, answer: `${name}-resp` });
  const token = async (stage: Stage): Promise<Prepared> => {
    const id = await stage.makeServer();
    const opened = (await stage.ask(
      'POST',
      `/v2.1/servers/${id}/remote-consoles`,
      { remote_console: { protocol: 'serial', type: 'serial' } },
      '2.6',
    )) as { remote_console: { url: string } };
    return { ids: [new URL(opened.remote_console.url).searchParams.get('token') ?? ''] };
  };
  return [
    play('os-console-output', `${act} os-getConsoleOutput`, output, onServer),
    play(consoles, `${act} os-getVNCConsole`, both('get-vnc-console-post'), onServer),
    play(consoles, `${act} os-getSerialConsole`, both('get-serial-console-post'), onServer),
    play(consoles, remote, both('create-vnc-console'), onServer),
    play('os-console-auth-tokens', remote, { request: 'create-serial-console-req' }, onServer),
    play(
      'os-console-auth-tokens',
      'GET /os-console-auth-tokens/{token}',
      { answer: 'get-console-connect-info-get-resp' },
      token,
    ),
  ];
}
