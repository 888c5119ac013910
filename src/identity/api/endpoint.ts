import { endpointsOf } from '#endpoints/endpoint.ts';
import type { IdentityContext } from '../context.ts';

/** The declaration that every file under this folder makes. */
export const endpoint = endpointsOf<IdentityContext>();
