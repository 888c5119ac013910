import {
  injectNetworkInfo as injectInfo,
  resetNetwork as reset,
} from '#compute/servers/reset-network.ts';
import { bareAction } from './bare-action.ts';

export const resetNetwork = bareAction({
  name: 'resetNetwork',
  summary: "Makes a running server's wires, filters and DHCP answers anew. For administrators.",
  requires: ['ecs:servers:resetNetwork', 'ecs:servers:get'],
  verb: reset,
});

export const injectNetworkInfo = bareAction({
  name: 'injectNetworkInfo',
  summary: 'Makes anew what a running server is told of its network. For administrators.',
  requires: ['ecs:servers:injectNetworkInfo', 'ecs:servers:get'],
  verb: injectInfo,
});
