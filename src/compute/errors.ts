import { defineError } from '#base/errors.ts';

/** Refusals of servers and what belongs to them, in Nova's words. */
export const computeErrors = {
  serverNotFound: defineError<{ id: string }>({
    code: 'InstanceNotFound',
    kind: 'not-found',
    message: ({ id }) => `Instance ${id} could not be found.`,
  }),
  projectNeeded: defineError({
    code: 'ProjectScopeRequired',
    kind: 'forbidden',
    message: () => 'This request needs a token that is scoped to a project.',
  }),
  flavorNotFound: defineError<{ id: string }>({
    code: 'FlavorNotFound',
    kind: 'bad-request',
    message: ({ id }) => `Flavor ${id} could not be found.`,
  }),
  imageNotFound: defineError<{ id: string }>({
    code: 'ImageNotFound',
    kind: 'bad-request',
    message: ({ id }) => `Image ${id} could not be found.`,
  }),
  imageBad: defineError<{ sentence: string }>({
    code: 'ImageBadRequest',
    kind: 'bad-request',
    message: ({ sentence }) => sentence,
  }),
  imageNotActive: defineError<{ id: string }>({
    code: 'ImageNotActive',
    kind: 'bad-request',
    message: ({ id }) => `Image ${id} is not active.`,
  }),
  flavorDiskTooSmall: defineError<{ flavorBytes: number; imageBytes: number }>({
    code: 'FlavorDiskSmallerThanImage',
    kind: 'bad-request',
    message: ({ flavorBytes, imageBytes }) =>
      `Flavor's disk is too small for requested image. Flavor disk is ${flavorBytes} bytes, ` +
      `image is ${imageBytes} bytes.`,
  }),
  flavorDiskBelowMinimum: defineError<{ flavorBytes: number; minimumBytes: number }>({
    code: 'FlavorDiskSmallerThanMinDisk',
    kind: 'bad-request',
    message: ({ flavorBytes, minimumBytes }) =>
      `Flavor's disk is smaller than the minimum size specified in image metadata. Flavor disk ` +
      `is ${flavorBytes} bytes, minimum size is ${minimumBytes} bytes.`,
  }),
  flavorMemoryTooSmall: defineError({
    code: 'FlavorMemoryTooSmall',
    kind: 'bad-request',
    message: () => "Flavor's memory is too small for requested image.",
  }),
  keypairNotFound: defineError({
    code: 'KeypairNotFound',
    kind: 'bad-request',
    message: () => 'Invalid key_name provided.',
  }),
  zoneNotFound: defineError<{ zone: string }>({
    code: 'InvalidAvailabilityZone',
    kind: 'bad-request',
    message: ({ zone }) => `The requested availability zone ${zone} is not available`,
  }),
  userDataMalformed: defineError({
    code: 'UserDataMalformed',
    kind: 'bad-request',
    message: () => 'User data needs to be valid base 64.',
  }),
  userDataTooLarge: defineError<{ maxBytes: number }>({
    code: 'UserDataTooLarge',
    kind: 'bad-request',
    message: ({ maxBytes }) =>
      `User data too large: at most ${maxBytes} bytes of base64 are accepted.`,
  }),
  countsInverted: defineError({
    code: 'InvalidCounts',
    kind: 'bad-request',
    message: () => 'min_count must be <= max_count',
  }),
  filterMalformed: defineError<{ sentence: string }>({
    code: 'InvalidFilter',
    kind: 'bad-request',
    message: ({ sentence }) => sentence,
  }),
  quotaExceeded: defineError<{ resource: string; requested: string; used: string; limit: string }>({
    code: 'TooManyInstances',
    kind: 'over-quota',
    message: ({ resource, requested, used, limit }) =>
      `Quota exceeded for ${resource}: Requested ${requested}, but already used ${used} of ` +
      `${limit} ${resource}`,
  }),
  invalidState: defineError<{ action: string; id: string; attribute: string; state: string }>({
    code: 'InstanceInvalidState',
    kind: 'conflict',
    message: ({ action, id, attribute, state }) =>
      `Cannot '${action}' instance ${id} while it is in ${attribute} ${state}`,
  }),
  locked: defineError<{ id: string }>({
    code: 'InstanceIsLocked',
    kind: 'conflict',
    message: ({ id }) => `Instance ${id} is locked`,
  }),
  notReady: defineError<{ id: string }>({
    code: 'InstanceNotReady',
    kind: 'conflict',
    message: ({ id }) => `Instance ${id} is not ready`,
  }),
  mayRunElsewhere: defineError<{ action: string; id: string }>({
    code: 'InstanceMayRunElsewhere',
    kind: 'conflict',
    message: ({ action, id }) =>
      `Cannot '${action}' instance ${id} while it may run on a host that does not answer. ` +
      'It can be started once that host is back, or is forced down.',
  }),
  guestAgentNotEnabled: defineError({
    code: 'QemuGuestAgentNotEnabled',
    kind: 'conflict',
    message: () => 'QEMU guest agent is not enabled',
  }),
  networkNotFound: defineError({
    code: 'NetworkNotFound',
    kind: 'not-found',
    message: () => 'Instance does not belong to the network',
  }),
};
