import type { Call } from '#endpoints/endpoint.ts';
import { imageErrors } from '#image/errors.ts';
import { mayView } from '#image/images/image.ts';
import type { ImageService } from '#image/service.ts';
import { imageThing } from '#image/thing.ts';

type ImageCall = Call<{ image_id: string }, unknown, unknown>;

/** The image that the path names, if the actor may see it; who may change it, the verb says. */
export const imageTarget = {
  find: (service: ImageService, call: ImageCall) => service.find(call.params.image_id),
  visible: mayView,
  thing: imageThing,
  absent: (call: ImageCall) => imageErrors.imageNotFound({ id: call.params.image_id }),
};

export const imageChangeErrors = [imageErrors.imageNotFound, imageErrors.notPermitted];
