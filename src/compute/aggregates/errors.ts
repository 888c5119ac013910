import { defineError } from '#base/errors.ts';

/** Refusals of host aggregates, in Nova's words. */
export const aggregateErrors = {
  notFound: defineError<{ id: string | number }>({
    code: 'AggregateNotFound',
    kind: 'not-found',
    message: ({ id }) => `Aggregate ${id} could not be found.`,
  }),
  idMalformed: defineError({
    code: 'InvalidInput',
    kind: 'bad-request',
    message: () => 'Invalid input received: id must be an integer',
  }),
  exists: defineError<{ name: string }>({
    code: 'AggregateNameExists',
    kind: 'conflict',
    message: ({ name }) => `Aggregate ${name} already exists.`,
  }),
  hostUnknown: defineError<{ host: string }>({
    code: 'ComputeHostNotFound',
    kind: 'not-found',
    message: ({ host }) => `Compute host ${host} could not be found.`,
  }),
  hostExists: defineError<{ id: number; host: string }>({
    code: 'AggregateHostExists',
    kind: 'conflict',
    message: ({ id, host }) => `Aggregate ${id} already has host ${host}.`,
  }),
  hostAbsent: defineError<{ id: number; host: string }>({
    code: 'AggregateHostNotFound',
    kind: 'not-found',
    message: ({ id, host }) => `Cannot remove host ${host} in aggregate ${id}`,
  }),
  addRefused: defineError<{ id: number; reason: string }>({
    code: 'InvalidAggregateActionAdd',
    kind: 'conflict',
    message: ({ id, reason }) => `Cannot add host to aggregate ${id}. Reason: ${reason}.`,
  }),
  removeRefused: defineError<{ id: number; reason: string }>({
    code: 'InvalidAggregateActionRemove',
    kind: 'conflict',
    message: ({ id, reason }) => `Cannot remove host from aggregate ${id}. Reason: ${reason}.`,
  }),
  updateRefused: defineError<{ id: number; reason: string }>({
    code: 'InvalidAggregateActionUpdate',
    kind: 'bad-request',
    message: ({ id, reason }) => `Cannot update aggregate ${id}. Reason: ${reason}.`,
  }),
  metadataRefused: defineError<{ id: number; reason: string }>({
    code: 'InvalidAggregateActionUpdateMeta',
    kind: 'bad-request',
    message: ({ id, reason }) => `Cannot update metadata of aggregate ${id}. Reason: ${reason}.`,
  }),
  notEmpty: defineError<{ id: number }>({
    code: 'InvalidAggregateActionDelete',
    kind: 'bad-request',
    message: ({ id }) => `Cannot delete aggregate ${id}. Reason: Host aggregate is not empty.`,
  }),
  imageUnknown: defineError<{ id: string }>({
    code: 'ImageNotFound',
    kind: 'bad-request',
    message: ({ id }) => `Image ${id} could not be found.`,
  }),
  imageTwice: defineError({
    code: 'DuplicateImages',
    kind: 'bad-request',
    message: () => 'Duplicate images in request',
  }),
};
