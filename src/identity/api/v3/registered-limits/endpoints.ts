import { createRegisteredLimits } from './create-registered-limits.ts';
import { deleteRegisteredLimit } from './delete-registered-limit.ts';
import { listRegisteredLimits } from './list-registered-limits.ts';
import { showRegisteredLimit } from './show-registered-limit.ts';
import { updateRegisteredLimit } from './update-registered-limit.ts';

export const registeredLimitEndpoints = [
  listRegisteredLimits,
  createRegisteredLimits,
  showRegisteredLimit,
  updateRegisteredLimit,
  deleteRegisteredLimit,
];
