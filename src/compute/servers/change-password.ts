import { computeErrors } from '#compute/errors.ts';
import type { ChangePasswordInput } from '#compute/operations/change-password.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { type Asked, actOnServer } from './act.ts';
import { hasGuestAgent } from './guest-agent.ts';
import { sealAdminPass } from './sealed-password.ts';
import type { Server } from './server.ts';

/**
 * Gives the administrator inside the guest another password, by the agent there.
 * @throws InstanceInvalidState and QemuGuestAgentNotEnabled (409)
 */
export function changePassword(
  service: ComputeService,
  asked: Asked,
  server: Allowed<Server>,
  adminPass: string,
): Promise<void> {
  const input: ChangePasswordInput = {
    sealedAdminPass: sealAdminPass(service, server.id, adminPass),
  };
  return actOnServer(service, asked, server, {
    action: 'change-password',
    recordedAs: 'changePassword',
    operation: { kind: 'change-password', input },
    claim: async (_tx, { imageProperties }) => {
      if (!hasGuestAgent(imageProperties)) throw computeErrors.guestAgentNotEnabled();
      return {};
    },
  });
}
