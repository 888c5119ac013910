import { looksLikeUuid } from '#compute/api/uuid.ts';
import { hypervisorErrors } from '#compute/hypervisors/errors.ts';
import type { Hypervisor } from '#compute/hypervisors/hypervisor.ts';
import { listHypervisors } from '#compute/hypervisors/read.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Call } from '#endpoints/endpoint.ts';

type HypervisorCall = Call<{ hypervisor_id: string }, unknown, unknown>;

export const hypervisorByNumber = {
  find: async (service: ComputeService, call: HypervisorCall): Promise<Hypervisor | undefined> => {
    const all = await listHypervisors(service);
    return all.find(({ number }) => String(number) === call.params.hypervisor_id);
  },
  visible: () => true,
  absent: ({ params }: HypervisorCall) => hypervisorErrors.notFound({ id: params.hypervisor_id }),
};

export const hypervisorByUuid = {
  find: async (service: ComputeService, call: HypervisorCall): Promise<Hypervisor | undefined> => {
    const wanted = call.params.hypervisor_id.toLowerCase();
    return (await listHypervisors(service)).find(({ uuid }) => uuid === wanted);
  },
  visible: () => true,
  absent: ({ params: { hypervisor_id: id } }: HypervisorCall) =>
    looksLikeUuid(id) ? hypervisorErrors.notFound({ id }) : hypervisorErrors.idMalformed({ id }),
};
