import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { clearPassword } from './clear-password.ts';
import { showPassword } from './show-password.ts';

export const passwordEndpoints: readonly Endpoint<ComputeService>[] = [showPassword, clearPassword];
