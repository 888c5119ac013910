import { imageProxyErrors } from '#compute/images/errors.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';
import { type Image, imageThing } from '#image/service.ts';

type ImageCall = Call<{ image_id: string }, unknown, unknown>;

/** The image that the path names, if the image service shows it to the actor. */
export const imageTarget = {
  find: (service: ComputeService, call: ImageCall): Promise<Image | undefined> =>
    service.images.findVisible(call.actor, call.params.image_id),
  visible: () => true,
  thing: imageThing,
  absent: () => imageProxyErrors.notFound(),
};
