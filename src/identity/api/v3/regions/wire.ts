import { Type } from 'typebox';
import type { Region } from '../../../catalog/parts.ts';
import { links, text, textOrNull } from '../../answers.ts';

/** With whatever else its maker gave it. */
export const regionSchema = Type.Object({
  id: text,
  description: text,
  parent_region_id: textOrNull,
  links,
});

export function regionBody(region: Region, root: string): Record<string, unknown> {
  return {
    ...region.extra,
    id: region.id,
    description: region.description,
    parent_region_id: region.parentId,
    links: { self: `${root}/regions/${encodeURIComponent(region.id)}` },
  };
}
