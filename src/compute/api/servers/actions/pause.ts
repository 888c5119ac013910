import { pauseServer, unpauseServer } from '#compute/servers/pause.ts';
import { bareAction } from './bare-action.ts';

export const pause = bareAction({
  name: 'pause',
  summary: 'Stops the processors of a server; its memory stays where it is.',
  requires: ['ecs:servers:pause', 'ecs:servers:get'],
  verb: pauseServer,
});

export const unpause = bareAction({
  name: 'unpause',
  summary: 'Lets the processors of a paused server go on.',
  requires: ['ecs:servers:unpause', 'ecs:servers:get'],
  verb: unpauseServer,
});
