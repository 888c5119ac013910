import { limits } from '#base/limits.ts';
import { encryptPassword } from '#compute/server-password/encrypt.ts';
import { deletePassword, insertPassword } from '#compute/server-password/store.ts';
import { administratorOf } from '#compute/servers/guest-agent.ts';
import { openAdminPass } from '#compute/servers/sealed-password.ts';
import type { ComputeService } from '#compute/service.ts';
import type { OperationKind } from '#operations/operation.ts';
import { settle, settleFailed } from './steps/settle.ts';
import { mustFindServer } from './steps/wanted-server.ts';

export interface ChangePasswordInput {
  /** Closed with the seal, so that the database does not hold it readable. */
  sealedAdminPass: string;
}

/** Nothing is undone: nobody knows the former password. */
export const changePassword: OperationKind<ComputeService, ChangePasswordInput> = {
  kind: 'change-password',
  deadlineMs: limits.operationDeadlineMs,
  steps: [
    {
      name: 'set-password',
      run: async (service, { subject, input, signal }) => {
        const { imageProperties } = await mustFindServer(service, subject);
        const adminPass = openAdminPass(service, { subject, input });
        const user = administratorOf(imageProperties);
        await service.agent.setPassword(subject, user, adminPass, signal);
      },
    },
    {
      name: 'mark-done',
      run: async (service, context) => {
        const { keyPublic } = await mustFindServer(service, context.subject);
        const adminPass = openAdminPass(service, context);
        const told = keyPublic === null ? undefined : encryptPassword(adminPass, keyPublic);
        await settle(service, context, {}, null, async (tx, nowMs) => {
          if (told === undefined) return;
          await deletePassword(tx, context.subject);
          await insertPassword(tx, context.subject, told, nowMs);
        });
        // What the guest did meanwhile was left to this task.
        await service.settlePower(context.subject);
      },
    },
  ],
  failed: settleFailed,
};
