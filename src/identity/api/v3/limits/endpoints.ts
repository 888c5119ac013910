import { createLimitsEndpoint } from './create-limits.ts';
import { deleteLimitEndpoint } from './delete-limit.ts';
import { listLimits } from './list-limits.ts';
import { showLimit } from './show-limit.ts';
import { showLimitModel } from './show-model.ts';
import { updateLimitEndpoint } from './update-limit.ts';

export const limitEndpoints = [
  listLimits,
  createLimitsEndpoint,
  showLimitModel,
  showLimit,
  updateLimitEndpoint,
  deleteLimitEndpoint,
];
