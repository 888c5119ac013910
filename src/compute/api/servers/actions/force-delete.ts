import { forceDeleteServer } from '#compute/servers/delete.ts';
import { bareAction } from './bare-action.ts';

export const forceDelete = bareAction({
  name: 'forceDelete',
  summary: 'Deletes a server at once, also where deletion is deferred.',
  requires: ['ecs:servers:forceDelete', 'ecs:servers:get'],
  verb: forceDeleteServer,
});
