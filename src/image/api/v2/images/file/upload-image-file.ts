import { Readable } from 'node:stream';
import { requestErrors } from '#base/errors.ts';
import { uploadImage } from '#image/data/upload.ts';
import { imageErrors } from '#image/errors.ts';
import { endpoint } from '../../../endpoint.ts';
import { imageChangeErrors, imageTarget } from '../../../target.ts';
import { storeName } from '../../info/list-stores.ts';

/** PUT /v2/images/{image_id}/file: answered once the data are inspected and on the disk. */
export const uploadImageFile = endpoint({
  method: 'PUT',
  path: '/images/{image_id}/file',
  summary: "Uploads an image's data",
  requires: ['ims:images:upload'],
  stream: ['application/octet-stream'],
  status: 204,
  errors: [
    ...imageChangeErrors,
    requestErrors.typeUnsupported,
    imageErrors.statusTransition,
    imageErrors.formatsMissing,
    imageErrors.dataRefused,
    imageErrors.dataIncomplete,
    imageErrors.dataTooLarge,
    imageErrors.storageFull,
    imageErrors.storeUnknown,
    imageErrors.imageGone,
  ],
  target: imageTarget,
  handle: async (service, call, image) => {
    const { stream, headers } = call;
    if (!(stream instanceof Readable)) {
      throw requestErrors.typeUnsupported({ type: String(headers['content-type'] ?? 'none') });
    }
    const store = headers['x-image-meta-store'];
    if (store !== undefined && store !== storeName) {
      throw imageErrors.storeUnknown({ name: String(store).slice(0, 64) });
    }
    const announced = headers['content-length'];
    const announcedBytes = announced === undefined ? undefined : Number(announced);
    // Kept whole when we stop reading early: destroying it would cut off our answer too.
    const chunks = stream.iterator({ destroyOnReturn: false });
    try {
      await uploadImage(service.context, call.actor, image, { chunks, announcedBytes });
    } catch (error) {
      // Clients read the answer only after they have sent everything.
      stream.resume();
      throw error;
    }
  },
});
