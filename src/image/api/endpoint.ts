import { endpointsOf } from '#endpoints/endpoint.ts';
import type { ImageService } from '#image/service.ts';

/** The declaration that every file under this folder makes. */
export const endpoint = endpointsOf<ImageService>();
