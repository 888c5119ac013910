import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { changePassword } from './actions/change-password.ts';
import { createBackup } from './actions/create-backup.ts';
import { createImage } from './actions/create-image.ts';
import { evacuate } from './actions/evacuate.ts';
import { forceDelete } from './actions/force-delete.ts';
import { lock } from './actions/lock.ts';
import { migrate } from './actions/migrate.ts';
import { osGetConsoleOutput } from './actions/os-get-console-output.ts';
import { osMigrateLive } from './actions/os-migrate-live.ts';
import { osResetState } from './actions/os-reset-state.ts';
import { osStart } from './actions/os-start.ts';
import { osStop } from './actions/os-stop.ts';
import { pause, unpause } from './actions/pause.ts';
import { reboot } from './actions/reboot.ts';
import { rebuild } from './actions/rebuild.ts';
import { rescue, unrescue } from './actions/rescue.ts';
import { injectNetworkInfo, resetNetwork } from './actions/reset-network.ts';
import { confirmResize, resize, revertResize } from './actions/resize.ts';
import { restore } from './actions/restore.ts';
import { shelve, shelveOffload, unshelve } from './actions/shelve.ts';
import { resume, suspend } from './actions/suspend.ts';
import { triggerCrashDump } from './actions/trigger-crash-dump.ts';
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
  pause,
  unpause,
  suspend,
  resume,
  triggerCrashDump,
  rebuild,
  shelve,
  shelveOffload,
  ...unshelve,
  ...createImage,
  ...createBackup,
  changePassword,
  ...rescue,
  unrescue,
  forceDelete,
  restore,
  osResetState,
  resetNetwork,
  injectNetworkInfo,
  resize,
  confirmResize,
  revertResize,
  ...migrate,
  ...evacuate,
  ...osMigrateLive,
  ...consoleActions,
  createRemoteConsole,
];
