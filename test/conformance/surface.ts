import { declaredSurfaces } from '../../src/cloud/surfaces.ts';

/** The declarations of one surface; no service stands behind them. */
export function surfaceNamed(name: string) {
  const surfaces = declaredSurfaces();
  const surface = surfaces.find((candidate) => candidate.name === name);
  if (!surface) throw new Error(`there is no ${name}`);
  return surface;
}

/** The declarations of v2.1. */
export function versionedSurface() {
  const surface = surfaceNamed('compute-v2.1');
  if (!surface.versioning) throw new Error('there is no versioned compute API');
  return { surface, versioning: surface.versioning };
}
