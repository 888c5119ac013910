import { defineError } from '#base/errors.ts';

/** Refusals of flavors, in Nova's words. */
export const flavorErrors = {
  notFound: defineError<{ id: string }>({
    code: 'FlavorNotFound',
    kind: 'not-found',
    message: ({ id }) => `Flavor ${id} could not be found.`,
  }),
  nameTaken: defineError<{ name: string }>({
    code: 'FlavorExists',
    kind: 'conflict',
    message: ({ name }) => `Flavor with name ${name} already exists.`,
  }),
  idTaken: defineError<{ id: string }>({
    code: 'FlavorIdExists',
    kind: 'conflict',
    message: ({ id }) => `Flavor with ID ${id} already exists.`,
  }),
  numberOutOfRange: defineError<{ field: string; minimum: number; maximum: number }>({
    code: 'InvalidInput',
    kind: 'bad-request',
    message: ({ field, minimum, maximum }) =>
      `Invalid input for field/attribute ${field}. It must be between ${minimum} and ${maximum}.`,
  }),
  filterMalformed: defineError<{ name: string; value: string }>({
    code: 'InvalidFilter',
    kind: 'bad-request',
    message: ({ name, value }) => `Invalid ${name} filter [${value}]`,
  }),
  specNotFound: defineError<{ id: string; key: string }>({
    code: 'FlavorExtraSpecsNotFound',
    kind: 'not-found',
    message: ({ id, key }) => `Flavor ${id} has no extra specs with key ${key}.`,
  }),
  specMismatch: defineError({
    code: 'ExtraSpecMismatch',
    kind: 'bad-request',
    message: () => 'Request body and URI mismatch',
  }),
  tooManySpecs: defineError<{ maxItems: number }>({
    code: 'TooManyExtraSpecs',
    kind: 'bad-request',
    message: ({ maxItems }) => `A flavor has at most ${maxItems} extra specs.`,
  }),
  specUnknown: defineError<{ key: string }>({
    code: 'ExtraSpecUnknown',
    kind: 'bad-request',
    message: ({ key }) =>
      `Validation failed; extra spec '${key}' does not appear to be a valid extra spec.`,
  }),
  specInvalid: defineError<{ key: string; value: string; problem: string }>({
    code: 'ExtraSpecInvalid',
    kind: 'bad-request',
    message: ({ key, value, problem }) =>
      `Validation failed; the value '${value}' of extra spec '${key}' ${problem}.`,
  }),
  projectUnknown: defineError<{ projectId: string }>({
    code: 'ProjectUnknown',
    kind: 'bad-request',
    message: ({ projectId }) => `Project ID ${projectId} is not a valid project.`,
  }),
  accessOfPublic: defineError({
    code: 'FlavorIsPublic',
    kind: 'not-found',
    message: () => 'Access list not available for public flavors.',
  }),
  grantOnPublic: defineError({
    code: 'FlavorIsPublic',
    kind: 'conflict',
    message: () => 'Can not add access to a public flavor.',
  }),
  accessExists: defineError<{ id: string; projectId: string }>({
    code: 'FlavorAccessExists',
    kind: 'conflict',
    message: ({ id, projectId }) =>
      `Flavor access already exists for flavor ${id} and project ${projectId} combination.`,
  }),
  accessNotFound: defineError<{ id: string; projectId: string }>({
    code: 'FlavorAccessNotFound',
    kind: 'not-found',
    message: ({ id, projectId }) => `Flavor access not found for ${id} / ${projectId} combination.`,
  }),
};
