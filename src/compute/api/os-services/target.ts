import { looksLikeUuid } from '#compute/api/uuid.ts';
import type { ComputeService } from '#compute/service.ts';
import { serviceErrors } from '#compute/services/errors.ts';
import { listServices } from '#compute/services/read.ts';
import type { ServiceRow } from '#compute/services/service-row.ts';
import type { Call } from '#endpoints/endpoint.ts';

type ServiceCall = Call<{ service_id: string }, unknown, unknown>;

/** What an id looks like, and what of a service it is. */
interface Identity {
  isForm: (text: string) => boolean;
  isOf: (row: ServiceRow, text: string) => boolean;
}

function targetBy({ isForm, isOf }: Identity) {
  return {
    find: async (service: ComputeService, call: ServiceCall): Promise<ServiceRow | undefined> => {
      const id = call.params.service_id;
      return (await listServices(service)).find((row) => isOf(row, id));
    },
    visible: () => true,
    absent: ({ params: { service_id: id } }: ServiceCall) =>
      isForm(id) ? serviceErrors.notFound({ id }) : serviceErrors.idMalformed({ id }),
  };
}

export const serviceByNumber = targetBy({
  isForm: (text) => /^\d{1,15}$/.test(text),
  isOf: ({ number }, text) => String(number) === text,
});

export const serviceByUuid = targetBy({
  isForm: looksLikeUuid,
  isOf: ({ uuid }, text) => uuid === text.toLowerCase(),
});
