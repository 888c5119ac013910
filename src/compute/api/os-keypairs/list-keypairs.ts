import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { knownQuery } from '#compute/api/known-query.ts';
import { listSchema, nextLinks, pagingErrors, readPage } from '#compute/api/paging.ts';
import { requireOwner } from '#compute/keypairs/keypair.ts';
import { listKeypairs as readKeypairs } from '#compute/keypairs/list.ts';
import { listQuery } from './query.ts';
import { keypairSummaryWire } from './wire.ts';

const item = Type.Object({ keypair: keypairSummaryWire.schema }, { additionalProperties: false });
const action = 'ecs:serverKeypairs:list';

export const listKeypairs = endpoint({
  method: 'GET',
  path: '/os-keypairs',
  summary: 'Lists the key pairs of a user.',
  requires: [action],
  query: listQuery,
  status: 200,
  response: listSchema('keypairs', item),
  errors: [pagingErrors.markerNotFound],
  handle: async (service, call) => {
    const query = knownQuery(listQuery, call);
    const userId = requireOwner(call.actor, query.user_id, action);
    const { limit, marker } = readPage({ query, surface: call.surface });
    const found = await readKeypairs(service, userId, {
      limit: limit === 0 ? 0 : limit + 1,
      afterName: marker,
    });
    if (!found) throw pagingErrors.markerNotFound({ marker: marker ?? '' });
    const shown = found.slice(0, limit);
    const keypairs = shown.map((keypair) => ({
      keypair: keypairSummaryWire.render(keypair, call.version),
    }));
    const hasMore = found.length > limit;
    const links = nextLinks(call, 'os-keypairs', hasMore, shown.at(-1)?.name);
    return links ? { keypairs, keypairs_links: links } : { keypairs };
  },
});
