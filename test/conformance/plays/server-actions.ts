import { type Json, onServer, type Play, type Prepared, play } from '../play.ts';
import type { Stage } from '../stage.ts';

const act = 'POST /servers/{id}/action';
const live = `${act} os-migrateLive`;
const request = (name: string) => ({ request: name });

/** A server that was brought there by an action. */
const after =
  (body: object) =>
  async (stage: Stage): Promise<Prepared> => {
    const id = await stage.makeServer();
    await stage.ask('POST', `/v2.1/servers/${id}/action`, body);
    await stage.idle();
    return { ids: [id] };
  };

/** The sample's flavor is the one that servers of this cloud have. */
async function resizable(stage: Stage): Promise<Prepared> {
  const adjust = ({ resize }: Json) => void Object.assign(resize, { flavorRef: '3' });
  return { ids: [await stage.makeServer()], adjust };
}

/** A server that was resized and waits. */
async function resized(stage: Stage): Promise<Prepared> {
  return after({ resize: { flavorRef: '2' } })(stage);
}

/** The samples' target is a host of another cloud. */
async function movable(stage: Stage): Promise<Prepared> {
  const adjust = (body: Json) => {
    const place = body.migrate ?? body['os-migrateLive'];
    if (place?.host) place.host = 'small-node';
  };
  return { ids: [await stage.makeServer()], adjust };
}

/** The cloud of the samples does not defer deletions, so this one is only said to wait for it. */
async function putAside(stage: Stage): Promise<Prepared> {
  const id = await stage.makeServer();
  await stage.saysState(id, 'soft-delete');
  return { ids: [id] };
}

/** With the image and the key that the sample names. */
async function toRebuild(stage: Stage): Promise<Prepared> {
  const keys = await stage.player.get('/v2.1/os-keypairs/new-key');
  if (keys.status === 404) await stage.ask('POST', '/v2.1/os-keypairs', newKey);
  const adjust = (body: Json) => {
    body.rebuild.imageRef = stage.imageId;
  };
  return { ids: [await stage.makeServer()], adjust };
}

/** With an image of this cloud. */
async function toRescue(stage: Stage): Promise<Prepared> {
  const adjust = (body: Json) => {
    body.rescue.rescue_image_ref = stage.imageId;
  };
  return { ids: [await stage.makeServer()], adjust };
}

/** A server whose image says that an agent is in it. */
async function withAgent(stage: Stage): Promise<Prepared> {
  const id = await stage.makeServer();
  await stage.saysImage(id, { hw_qemu_guest_agent: 'yes' });
  return { ids: [id] };
}

async function rescued(stage: Stage): Promise<Prepared> {
  return after({ rescue: null })(stage);
}

const newKey = { keypair: { name: 'new-key' } };

/** What is done to servers. */
export const serverActionPlays: readonly Play[] = [
  play('servers', `${act} reboot`, request('server-action-reboot'), onServer),
  play('servers', `${act} os-stop`, request('server-action-stop'), onServer),
  play('servers', `${act} os-start`, request('server-action-start'), after({ 'os-stop': null })),
  play('servers', `${act} lock`, request('lock-server-with-reason'), onServer),
  play('os-suspend-server', `${act} suspend`, request('server-suspend'), onServer),
  play('os-suspend-server', `${act} resume`, request('server-resume'), after({ suspend: null })),
  play('os-lock-server', `${act} lock`, request('lock-server-with-reason'), onServer),
  play('os-lock-server', `${act} lock`, request('lock-server'), onServer),
  play('os-lock-server', `${act} unlock`, request('unlock-server'), onServer),
  play(
    'os-admin-actions',
    `${act} os-resetState`,
    request('admin-actions-reset-server-state'),
    onServer,
  ),
  play('os-admin-actions', `${act} resetNetwork`, request('admin-actions-reset-network'), onServer),
  play(
    'os-admin-actions',
    `${act} injectNetworkInfo`,
    request('admin-actions-inject-network-info'),
    onServer,
  ),
  {
    resource: 'servers',
    call: `${act} createImage`,
    ...request('server-action-create-image'),
    until: '2.44',
    prepare: onServer,
  },
  {
    resource: 'servers',
    call: `${act} createImage`,
    ...request('server-action-create-image'),
    answer: 'server-action-create-image-resp',
    since: '2.45',
    prepare: onServer,
  },
  {
    resource: 'os-create-backup',
    call: `${act} createBackup`,
    ...request('create-backup-req'),
    until: '2.44',
    prepare: onServer,
  },
  {
    resource: 'os-create-backup',
    call: `${act} createBackup`,
    ...request('create-backup-req'),
    answer: 'create-backup-resp',
    since: '2.45',
    prepare: onServer,
  },
  play(
    'servers',
    `${act} rebuild`,
    { ...request('server-action-rebuild'), answer: 'server-action-rebuild-resp' },
    toRebuild,
  ),
  play(
    'os-preserve-ephemeral-rebuild',
    `${act} rebuild`,
    {
      ...request('server-action-rebuild-preserve-ephemeral'),
      answer: 'server-action-rebuild-preserve-ephemeral-resp',
    },
    toRebuild,
  ),
  play('os-pause-server', `${act} pause`, request('pause-server'), onServer),
  play('os-pause-server', `${act} unpause`, request('unpause-server'), after({ pause: null })),
  play(
    'servers',
    `${act} trigger_crash_dump`,
    request('server-action-trigger-crash-dump'),
    onServer,
  ),
  play('servers', `${act} resize`, request('server-action-resize'), resizable),
  play('servers', `${act} confirmResize`, request('server-action-confirm-resize'), resized),
  play('servers', `${act} revertResize`, request('server-action-revert-resize'), resized),
  play('os-migrate-server', `${act} migrate`, request('migrate-server'), movable),
  play('os-migrate-server', `${act} migrate`, request('migrate-server-null'), movable),
  play(
    'os-admin-password',
    `${act} changePassword`,
    request('admin-password-change-password'),
    withAgent,
  ),
  play(
    'os-rescue',
    `${act} rescue`,
    { ...request('server-rescue-req'), answer: 'server-rescue' },
    onServer,
  ),
  play(
    'os-rescue',
    `${act} rescue`,
    { ...request('server-rescue-req-with-image-ref'), answer: 'server-rescue' },
    toRescue,
  ),
  play('os-rescue', `${act} unrescue`, request('server-unrescue-req'), after({ rescue: null })),
  play('os-rescue', 'GET /servers/{id}', { answer: 'server-get-resp-rescue' }, rescued),
  play('os-rescue', 'GET /servers/{id}', { answer: 'server-get-resp-unrescue' }, onServer),
  play('os-migrate-server', live, request('live-migrate-server'), movable),
  play('server-migrations', live, request('live-migrate-server'), movable),
  play('os-deferred-delete', `${act} forceDelete`, request('force-delete-post-req'), onServer),
  play('os-deferred-delete', `${act} restore`, request('restore-post-req'), putAside),
];
