import { addTagEndpoint } from './add-tag.ts';
import { checkTag } from './check-tag.ts';
import { deleteTags } from './delete-tags.ts';
import { listTags } from './list-tags.ts';
import { removeTagEndpoint } from './remove-tag.ts';
import { replaceTagsEndpoint } from './replace-tags.ts';

export const projectTagEndpoints = [
  listTags,
  replaceTagsEndpoint,
  deleteTags,
  checkTag,
  addTagEndpoint,
  removeTagEndpoint,
];
