import { Type } from 'typebox';
import { endpoint } from '../../endpoint.ts';

/** There is one place where image data are kept, and this is its name. */
export const storeName = 'local';

/** GET /v2/info/stores */
export const listStores = endpoint({
  method: 'GET',
  path: '/info/stores',
  summary: 'Lists the places where image data are kept',
  requires: [],
  status: 200,
  response: Type.Object({ stores: Type.Array(Type.Unknown()) }),
  // Text and not a boolean, as Glance sends it.
  handle: async () => ({ stores: [{ id: storeName, default: 'true' }] }),
});
