import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { addTag } from './add-tag.ts';
import { checkTag } from './check-tag.ts';
import { deleteTag } from './delete-tag.ts';
import { deleteTags } from './delete-tags.ts';
import { listTags } from './list-tags.ts';
import { replaceTags } from './replace-tags.ts';

export const tagEndpoints: readonly Endpoint<ComputeService>[] = [
  listTags,
  replaceTags,
  deleteTags,
  checkTag,
  addTag,
  deleteTag,
];
