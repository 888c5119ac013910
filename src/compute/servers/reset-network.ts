import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer, type Decision } from './act.ts';
import type { Server } from './server.ts';

const reset: Decision = {
  action: 'reset-network',
  recordedAs: 'resetNetwork',
  operation: { kind: 'reset-network', input: {} },
};

const inject: Decision = {
  action: 'inject-network-info',
  recordedAs: 'injectNetworkInfo',
  operation: { kind: 'inject-network-info', input: {} },
};

/** Makes what a server's network needs anew on its host, while its guest goes on. */
export function resetNetwork(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
): Promise<void> {
  return actOnServer(service, asked, server, reset);
}

/** The same: what a guest is told of its network, by DHCP or as metadata, is part of it. */
export function injectNetworkInfo(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
): Promise<void> {
  return actOnServer(service, asked, server, inject);
}
