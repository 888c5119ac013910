import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { lock } from './actions/lock.ts';
import { osGetConsoleOutput } from './actions/os-get-console-output.ts';
import { osStart } from './actions/os-start.ts';
import { osStop } from './actions/os-stop.ts';
import { reboot } from './actions/reboot.ts';
import { unlock } from './actions/unlock.ts';
import { createServer, createServerFromVolume } from './create-server.ts';
import { deleteServer } from './delete-server.ts';
import { listServers, listServersDetail } from './list-servers.ts';
import { consoleActions } from './remote-consoles/console-actions.ts';
import { createRemoteConsole } from './remote-consoles/create-remote-console.ts';
import { showServer } from './show-server.ts';
import { updateServer } from './update-server.ts';

export const serverEndpoints: readonly Endpoint<ComputeService>[] = [
  createServer,
  createServerFromVolume,
  listServers,
  listServersDetail,
  showServer,
  updateServer,
  deleteServer,
  osStart,
  osStop,
  reboot,
  osGetConsoleOutput,
  ...lock,
  unlock,
  ...consoleActions,
  createRemoteConsole,
];
