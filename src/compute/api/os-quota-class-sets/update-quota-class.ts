import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { limitFields, readLimits } from '#compute/api/os-quota-sets/limit-fields.ts';
import { quotaErrors } from '#compute/quotas/errors.ts';
import { updateQuotaClass as changeClass } from '#compute/quotas/update.ts';
import { changeRanges, classAnswer, namelessClassWire } from './wire.ts';

const closed = { additionalProperties: false };

const body = Type.Object(
  { quota_class_set: Type.Object(limitFields(changeRanges), closed) },
  closed,
);

const nameCharacters = 255;

export const updateQuotaClass = endpoint({
  method: 'PUT',
  path: '/os-quota-class-sets/{quota_class}',
  summary: 'Changes a quota class.',
  requires: ['ecs:quotaClasses:update'],
  query: noQuery,
  body,
  status: 200,
  response: classAnswer(namelessClassWire),
  errors: [quotaErrors.classNameTooLong],
  handle: async (service, call) => {
    const { quota_class: name } = call.params;
    if ([...name].length > nameCharacters) throw quotaErrors.classNameTooLong();
    const values = await changeClass(service, name, readLimits(call.body.quota_class_set));
    return { quota_class_set: namelessClassWire.render({ values }, call.version) };
  },
});
