import type { Endpoint } from '#endpoints/endpoint.ts';
import { type Surface, surface } from '#endpoints/surface.ts';
import type { ImageService } from '#image/service.ts';
import { describeInvalidImage, renderImageError } from './errors-wire.ts';
import { deactivateImage } from './v2/images/actions/deactivate.ts';
import { reactivateImage } from './v2/images/actions/reactivate.ts';
import { createImage } from './v2/images/create-image.ts';
import { deleteImage } from './v2/images/delete-image.ts';
import { downloadImageFile } from './v2/images/file/download-image-file.ts';
import { uploadImageFile } from './v2/images/file/upload-image-file.ts';
import { listImages } from './v2/images/list-images.ts';
import { addMember } from './v2/images/members/add-member.ts';
import { listMembers } from './v2/images/members/list-members.ts';
import { removeMember } from './v2/images/members/remove-member.ts';
import { showMember } from './v2/images/members/show-member.ts';
import { updateMember } from './v2/images/members/update-member.ts';
import { showImage } from './v2/images/show-image.ts';
import { addTag } from './v2/images/tags/add-tag.ts';
import { removeTag } from './v2/images/tags/remove-tag.ts';
import { updateImage } from './v2/images/update-image.ts';
import { listStores } from './v2/info/list-stores.ts';
import { showImport } from './v2/info/show-import.ts';
import {
  showImageSchema,
  showImagesSchema,
  showMemberSchema,
  showMembersSchema,
} from './v2/schemas/show-schema.ts';
import { chooseVersion, listVersions } from './versions/list-versions.ts';
import { imageVersion } from './wire.ts';

const endpoints: readonly Endpoint<ImageService>[] = [
  createImage,
  listImages,
  showImage,
  updateImage,
  deleteImage,
  uploadImageFile,
  downloadImageFile,
  deactivateImage,
  reactivateImage,
  addTag,
  removeTag,
  listMembers,
  addMember,
  showMember,
  updateMember,
  removeMember,
  showImageSchema,
  showImagesSchema,
  showMemberSchema,
  showMembersSchema,
  listStores,
  showImport,
];

/** Glance v2, and above it the document that says so. */
export function imageSurfaces(service: ImageService): Surface<unknown>[] {
  const shared = {
    withProjectId: false,
    fixedVersion: imageVersion,
    renderError: renderImageError,
    describeInvalid: describeInvalidImage,
    service,
  };
  return [
    surface({
      ...shared,
      name: 'image-versions',
      prefixes: ['/image'],
      endpoints: [chooseVersion, listVersions],
    }),
    surface({ ...shared, name: 'image-v2', prefixes: ['/image/v2'], endpoints }),
  ];
}
