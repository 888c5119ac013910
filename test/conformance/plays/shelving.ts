import { onServer, type Play, type Prepared, play } from '../play.ts';
import type { Stage } from '../stage.ts';

const act = 'POST /servers/{id}/action';

/** A server in that state of being shelved; hosts and zones of another cloud become ours. */
const shelvedAs =
  (state: 'shelved' | 'shelved_offloaded') =>
  async (stage: Stage): Promise<Prepared> => {
    const id = await stage.makeServer();
    const path = `/v2.1/servers/${id}/action`;
    await stage.ask('POST', path, { shelve: null });
    await stage.idle();
    if (state === 'shelved') await stage.saysState(id, state);
    return {
      ids: [id],
      adjust: (body) => {
        if (body.unshelve?.host) body.unshelve.host = stage.hostName;
        if (body.unshelve?.availability_zone) body.unshelve.availability_zone = 'us-west';
      },
    };
  };

const unshelve = `${act} unshelve`;

export const shelvingPlays: readonly Play[] = [
  play('os-shelve', `${act} shelve`, { request: 'os-shelve' }, onServer),
  play('os-shelve', `${act} shelveOffload`, { request: 'os-shelve-offload' }, shelvedAs('shelved')),
  ...[
    'os-unshelve',
    'os-unshelve-az',
    'os-unshelve-host',
    'os-unshelve-az-host',
    'os-unshelve-unpin-az',
    'os-unshelve-host-and-unpin-az',
  ].map((request) => play('os-shelve', unshelve, { request }, shelvedAs('shelved_offloaded'))),
];
