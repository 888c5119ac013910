import { updateServer } from '#compute/servers/store.ts';
import { type Play, type Prepared, play } from '../play.ts';
import type { Stage } from '../stage.ts';

const evacuate = 'POST /servers/{id}/action evacuate';

/** A server whose host nobody knows any more; hosts of another cloud become ours. */
async function onLostHost(stage: Stage): Promise<Prepared> {
  const id = await stage.makeServer();
  await updateServer(stage.cloud.cloud.services.database.queries, id, { host: 'lost' }, 1);
  return {
    ids: [id],
    adjust: (body) => {
      if (body.evacuate.host) body.evacuate.host = stage.hostName;
    },
  };
}

const samples = (name: string) => ({ request: name, answer: name.replace(/-req$/, '-resp') });

export const evacuationPlays: readonly Play[] = [
  'server-evacuate-req',
  'server-evacuate-find-host-req',
].flatMap((request) => [
  { ...play('os-evacuate', evacuate, samples(request), onLostHost), until: '2.13' },
  { ...play('os-evacuate', evacuate, { request }, onLostHost), since: '2.14' },
]);
