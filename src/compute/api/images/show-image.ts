import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { imageProxyErrors } from '#compute/images/errors.ts';
import { imageTarget } from './target.ts';
import { imageLinkBases, imageWire } from './wire.ts';

export const showImage = endpoint({
  until: '2.35',
  method: 'GET',
  path: '/images/{image_id}',
  summary: 'Shows an image.',
  requires: ['ims:images:get'],
  target: imageTarget,
  status: 200,
  response: Type.Object({ image: imageWire.schema }, { additionalProperties: false }),
  errors: [imageProxyErrors.notFound],
  handle: async (_service, call, image) => ({
    image: imageWire.render(image, call.version, imageLinkBases(call)),
  }),
});
