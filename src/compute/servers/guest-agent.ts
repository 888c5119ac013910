import type { Quiesce } from '#drivers/hypervisor/hypervisor.ts';
import type { Server } from './server.ts';

type Properties = Server['imageProperties'];

const isYes = (word: string | undefined) => /^(1|t|true|on|y|yes)$/i.test(word ?? '');

/** Whether the server's image says that QEMU's agent is in it. */
export function hasGuestAgent({ hw_qemu_guest_agent: word }: Properties): boolean {
  return isYes(word);
}

/** Whether the guest is frozen for a copy of its disk. */
export function quiesceOf(properties: Properties): Quiesce {
  if (isYes(properties.os_require_quiesce)) return 'must';
  return hasGuestAgent(properties) ? 'try' : 'no';
}

/** Whose password `changePassword` changes. */
export function administratorOf({ os_admin_user: user, os_type: type }: Properties): string {
  return user || (type === 'windows' ? 'Administrator' : 'root');
}
