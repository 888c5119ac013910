import { surfacesOf } from '../../src/cloud/surfaces.ts';

/** The declarations of v2.1; no service stands behind them. */
export function versionedSurface() {
  const nothing = {} as never;
  const surfaces = surfacesOf({
    compute: nothing,
    identity: nothing,
    images: nothing,
    networks: nothing,
  });
  const surface = surfaces.find(({ name }) => name === 'compute-v2.1');
  if (!surface?.versioning) throw new Error('there is no versioned compute API');
  return { surface, versioning: surface.versioning };
}
