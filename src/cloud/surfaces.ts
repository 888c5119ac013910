import { computeSurfaces } from '#compute/api/surfaces.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Surface } from '#endpoints/surface.ts';
import { identitySurfaces } from '#identity/api/surfaces.ts';
import type { IdentityService } from '#identity/service.ts';
import { imageSurfaces } from '#image/api/surfaces.ts';
import type { ImageService } from '#image/service.ts';
import { networkSurfaces } from '#network/api/surfaces.ts';
import type { NetworkService } from '#network/service.ts';

export interface ServedServices {
  compute: ComputeService;
  identity: IdentityService;
  images: ImageService;
  networks: NetworkService;
}

/** Every way in. */
export function surfacesOf(services: ServedServices): Surface<unknown>[] {
  return [
    ...computeSurfaces(services.compute),
    ...identitySurfaces(services.identity),
    ...imageSurfaces(services.images),
    ...networkSurfaces(services.networks),
  ];
}

/** The declarations alone, for those who only read them: no service stands behind. */
export function declaredSurfaces(): Surface<unknown>[] {
  const nothing = {} as never;
  return surfacesOf({ compute: nothing, identity: nothing, images: nothing, networks: nothing });
}
