import type { Play } from '../play.ts';
import { catalogPlays } from './catalog.ts';
import { hostPlays } from './hosts.ts';
import { networkPlays } from './networks.ts';
import { projectPlays } from './projects.ts';
import { serverPlays } from './servers.ts';

export function allPlays(): Play[] {
  return [
    ...catalogPlays(),
    ...serverPlays(),
    ...projectPlays(),
    ...networkPlays(),
    ...hostPlays(),
  ];
}
