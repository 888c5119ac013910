import { tagsByKey } from '#policy/things.ts';
import type { Image } from './images/image.ts';

/** How images are told to policy: with their tags as they are right now. */
export const imageThing = {
  type: 'image',
  of: ({ id, ownerId, tags }: Image) => ({ id, projectId: ownerId, tags: tagsByKey(tags) }),
} as const;
