import { Type } from 'typebox';
import type { AccessKey } from '../../../../access-keys/access-key.ts';
import { closed, oneAnswer, text } from '../../../answers.ts';
import { isoMicrosZulu } from '../../../v3/times.ts';

const members = {
  access: text,
  status: Type.Enum(['active', 'inactive']),
  user_id: text,
  create_time: text,
  description: text,
};

export const accessKeySchema = Type.Object(members, closed);
export const accessKeyAnswer = oneAnswer('credential', accessKeySchema);

/** The only answer that tells the secret. */
export const newAccessKeyAnswer = oneAnswer(
  'credential',
  Type.Object({ ...members, secret: text }, closed),
);

export const usedAccessKeyAnswer = oneAnswer(
  'credential',
  Type.Object({ ...members, last_use_time: text }, closed),
);

export function accessKeyBody(key: AccessKey): Record<string, unknown> {
  return {
    access: key.access,
    status: key.isActive ? 'active' : 'inactive',
    user_id: key.userId,
    create_time: isoMicrosZulu(key.createdMs),
    description: key.description,
  };
}
