import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { refuseConsoleToken, showConsoleToken } from './show-console-token.ts';

export const consoleTokenEndpoints: readonly Endpoint<ComputeService>[] = [
  refuseConsoleToken,
  showConsoleToken,
];
