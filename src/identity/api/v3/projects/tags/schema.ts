import { type Static, Type } from 'typebox';
import { identityErrors } from '../../../../errors.ts';
import { closed, links, texts } from '../../../answers.ts';
import { Tags } from '../../schemas.ts';

export const TagsBody = Type.Object({ tags: Tags });

export const tagsAnswer = Type.Object({ tags: texts, links }, closed);

export function tagsBody(
  projectId: string,
  tags: readonly string[],
  root: string,
): Static<typeof tagsAnswer> {
  return { tags: [...tags], links: { self: `${root}/projects/${projectId}/tags` } };
}

const tagPattern = /^[^,/]{1,255}$/u;

/** Throws ValidationError for what could not be a tag in a body either. */
export function checkedTag(text: string): string {
  if (tagPattern.test(text)) return text;
  const reason = 'A tag has 1 to 255 characters, without commas and slashes.';
  throw identityErrors.invalid({ reason });
}
