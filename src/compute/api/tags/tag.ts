import { Type } from 'typebox';
import { limits } from '#base/limits.ts';

/** What a tag may be: `,` and `/` stand between tags in filters and paths. */
export const tagSchema = Type.String({
  minLength: 1,
  maxLength: limits.tagCharacters,
  pattern: '^[^,/\\u0000]*$',
});

export const tagsSchema = Type.Array(tagSchema, { maxItems: limits.serverTags });

/** A tag that comes in the path, where one of dots would mean another place. */
export function isTag(text: string): boolean {
  const length = [...text].length;
  return length >= 1 && length <= limits.tagCharacters && /^[^.,/][^,/]*$/u.test(text);
}

/** The answer of whoever asks for all of them. */
export const tagsAnswer = Type.Object(
  { tags: Type.Array(Type.String()) },
  { additionalProperties: false },
);

export const readActions = ['ecs:servers:getTags', 'ecs:servers:get'];
export const writeActions = ['ecs:servers:setTags', 'ecs:servers:get'];
