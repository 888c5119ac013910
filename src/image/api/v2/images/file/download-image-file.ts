import { Reply } from '#endpoints/endpoint.ts';
import { downloadImage } from '#image/data/download.ts';
import { imageErrors } from '#image/errors.ts';
import { endpoint } from '../../../endpoint.ts';
import { imageTarget } from '../../../target.ts';

/** GET /v2/images/{image_id}/file: all data or one range of them; 204 when there are none yet. */
export const downloadImageFile = endpoint({
  method: 'GET',
  path: '/images/{image_id}/file',
  summary: "Downloads an image's data",
  requires: ['ims:images:get'],
  status: 200,
  errors: [imageErrors.imageDeactivated, imageErrors.rangeInvalid, imageErrors.parameterInvalid],
  target: imageTarget,
  handle: async (service, call, image) => {
    const asked = call.headers.range;
    const header = asked === undefined ? undefined : String(asked);
    const data = await downloadImage(service.context, call.actor, image, header);
    if (!data) return new Reply(undefined, { status: 204 });
    const { stream, sizeBytes, range } = data;
    const headers: Record<string, string> = { 'content-type': 'application/octet-stream' };
    if (!range) {
      headers['content-length'] = String(sizeBytes);
      // In hexadecimal, as Glance sends it and its clients compare it.
      if (image.checksum !== null) headers['content-md5'] = image.checksum;
      return new Reply(stream, { headers });
    }
    headers['content-length'] = String(range.end - range.start + 1);
    headers['content-range'] = `bytes ${range.start}-${range.end}/${sizeBytes}`;
    return new Reply(stream, { status: 206, headers });
  },
});
