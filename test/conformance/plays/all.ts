import type { Play } from '../play.ts';
import { catalogPlays } from './catalog.ts';
import { evacuationPlays } from './evacuations.ts';
import { hostPlays } from './hosts.ts';
import { networkPlays } from './networks.ts';
import { projectPlays } from './projects.ts';
import { serverActionPlays } from './server-actions.ts';
import { serverPlays } from './servers.ts';
import { shelvingPlays } from './shelving.ts';

export function allPlays(): Play[] {
  return [
    ...catalogPlays(),
    ...serverPlays(),
    ...serverActionPlays,
    ...shelvingPlays,
    ...evacuationPlays,
    ...projectPlays(),
    ...networkPlays(),
    ...hostPlays(),
  ];
}
