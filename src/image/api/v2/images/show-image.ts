import { endpoint } from '../../endpoint.ts';
import { imageTarget } from '../../target.ts';
import { renderImage } from '../../wire.ts';
import { imageShape } from './image-body.ts';

/** GET /v2/images/{image_id} */
export const showImage = endpoint({
  method: 'GET',
  path: '/images/{image_id}',
  summary: 'Shows an image',
  requires: ['ims:images:get'],
  status: 200,
  response: imageShape,
  target: imageTarget,
  handle: async (_service, _call, image) => renderImage(image),
});
