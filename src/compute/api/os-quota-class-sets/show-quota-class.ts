import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { readDefaultQuota } from '#compute/quotas/read.ts';
import { classAnswer, quotaClassWire } from './wire.ts';

/** A class that nobody changed is as configured, whatever its name, as in Nova. */
export const showQuotaClass = endpoint({
  method: 'GET',
  path: '/os-quota-class-sets/{quota_class}',
  summary: 'Shows a quota class; `default` is what projects have by default.',
  requires: ['ecs:quotaClasses:get'],
  query: noQuery,
  status: 200,
  isKept: true,
  response: classAnswer(quotaClassWire),
  handle: async (service, call) => {
    const { quota_class: id } = call.params;
    const view = { id, values: await readDefaultQuota(service, id) };
    return { quota_class_set: quotaClassWire.render(view, call.version) };
  },
});
