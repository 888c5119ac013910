import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { deleteImage } from './delete-image.ts';
import { listImages, listImagesDetail } from './list-images.ts';
import { deleteImageItem } from './metadata/delete-item.ts';
import { listImageMetadata } from './metadata/list-metadata.ts';
import { replaceImageMetadata } from './metadata/replace-metadata.ts';
import { setImageItem } from './metadata/set-item.ts';
import { showImageItem } from './metadata/show-item.ts';
import { updateImageMetadata } from './metadata/update-metadata.ts';
import { showImage } from './show-image.ts';

/** Images as old clients ask compute for them; gone at 2.36, their metadata at 2.39. */
export const imageEndpoints: readonly Endpoint<ComputeService>[] = [
  listImages,
  listImagesDetail,
  showImage,
  deleteImage,
  listImageMetadata,
  updateImageMetadata,
  replaceImageMetadata,
  showImageItem,
  setImageItem,
  deleteImageItem,
];
