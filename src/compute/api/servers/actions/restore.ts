import { computeErrors } from '#compute/errors.ts';
import { restoreServer } from '#compute/servers/restore.ts';
import { bareAction } from './bare-action.ts';

export const restore = bareAction({
  name: 'restore',
  summary: 'Takes back a deletion that was deferred.',
  requires: ['ecs:servers:restore', 'ecs:servers:get'],
  errors: [computeErrors.quotaExceeded],
  verb: restoreServer,
});
