import { Type } from 'typebox';
import type { Call } from '#endpoints/endpoint.ts';
import { endpoint } from '../endpoint.ts';
import { imageVersion } from '../wire.ts';

const response = Type.Object({ versions: Type.Array(Type.Unknown()) });

/** Every minor version is served by one and the same API; clients look for what they know. */
function versionDocument(call: Call<unknown, unknown, unknown>) {
  const minors = Array.from({ length: imageVersion.minor + 1 }, (_, index) => index).reverse();
  return {
    versions: minors.map((minor) => ({
      id: `v${imageVersion.major}.${minor}`,
      status: minor === imageVersion.minor ? 'CURRENT' : 'SUPPORTED',
      links: [{ rel: 'self', href: `${call.origin}/image/v2/` }],
    })),
  };
}

/** GET /image: which versions there are to choose from. */
export const chooseVersion = endpoint({
  method: 'GET',
  path: '',
  summary: 'Lists the versions of the image API, to choose one',
  requires: [],
  public: true,
  status: 300,
  response,
  handle: async (_service, call) => versionDocument(call),
});

/** GET /image/versions: the same for those who asked. */
export const listVersions = endpoint({
  method: 'GET',
  path: '/versions',
  summary: 'Lists the versions of the image API',
  requires: [],
  public: true,
  status: 200,
  response,
  handle: async (_service, call) => versionDocument(call),
});
