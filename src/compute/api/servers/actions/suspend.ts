import { resumeServer, suspendServer } from '#compute/servers/suspend.ts';
import { bareAction } from './bare-action.ts';

export const suspend = bareAction({
  name: 'suspend',
  summary: 'Puts memory and devices of a server on the disk and ends its guest.',
  requires: ['ecs:servers:suspend', 'ecs:servers:get'],
  verb: suspendServer,
});

export const resume = bareAction({
  name: 'resume',
  summary: 'Lets a suspended server go on where it was.',
  requires: ['ecs:servers:resume', 'ecs:servers:get'],
  verb: resumeServer,
});
