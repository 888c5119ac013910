import { defineError } from '#base/errors.ts';
import { limits } from '#base/limits.ts';

/** Refusals of lists of servers and of new and changed ones, mostly in Nova's words. */
export const serverErrors = {
  deletedForAdministrators: defineError({
    code: 'OnlyAdministratorsListDeleted',
    kind: 'forbidden',
    message: () => 'Only administrators may list deleted instances',
  }),
  sortForAdministrators: defineError<{ key: string }>({
    code: 'OnlyAdministratorsSort',
    kind: 'forbidden',
    message: ({ key }) => `Only administrators can sort servers by ${key}`,
  }),
  pinnedElsewhere: defineError<{ id: string; zone: string }>({
    code: 'PinnedElsewhere',
    kind: 'conflict',
    message: ({ id, zone }) => `Instance ${id} is not in availability zone ${zone}`,
  }),
  zoneUnreadable: defineError({
    code: 'InvalidAvailabilityZoneForm',
    kind: 'bad-request',
    message: () => 'Unable to parse availability_zone: at most zone, host and node are named.',
  }),
  unshelvedInPlace: defineError<{ id: string; state: string }>({
    code: 'UnshelveInstanceInvalidState',
    kind: 'conflict',
    message: ({ id, state }) =>
      `A place can only be named for an instance that is shelved_offloaded; instance ${id} is ` +
      `${state}.`,
  }),
  hostNotInZone: defineError<{ host: string; zone: string }>({
    code: 'UnshelveHostNotInAZ',
    kind: 'conflict',
    message: ({ host, zone }) => `Host ${host} is not in the availability zone ${zone}.`,
  }),
  hostNotFound: defineError<{ host: string }>({
    code: 'ComputeHostNotFound',
    kind: 'bad-request',
    message: ({ host }) => `Compute host ${host} could not be found.`,
  }),
  hostNamedTwice: defineError({
    code: 'HostNamedTwice',
    kind: 'bad-request',
    message: () =>
      'One mechanism with host and/or hypervisor_hostname and another mechanism with ' +
      'zone:host:node are mutually exclusive.',
  }),
  /** Nova's v2.1 says 400; the reference's table 4-9 has another status. */
  imageNotThere: defineError<{ id: string }>({
    code: 'ImageNotThere',
    kind: 'not-found',
    message: ({ id }) => `Image ${id} could not be found.`,
  }),
  imageMissing: defineError({
    code: 'MissingImageRef',
    kind: 'bad-request',
    message: () => 'Missing imageRef attribute',
  }),
  networkMalformed: defineError({
    code: 'BadNetworkFormat',
    kind: 'bad-request',
    message: () => 'Bad network format: missing uuid',
  }),
  fixedIpWithPort: defineError<{ address: string; portId: string }>({
    code: 'FixedIpWithPort',
    kind: 'bad-request',
    message: ({ address, portId }) =>
      `Specified Fixed IP '${address}' cannot be used with port '${portId}': the two cannot be ` +
      'specified together.',
  }),
  networkDuplicated: defineError<{ networkId: string }>({
    code: 'NetworkDuplicated',
    kind: 'bad-request',
    message: ({ networkId }) => `Network ${networkId} is duplicated.`,
  }),
  portOfMany: defineError({
    code: 'MultiplePortsNotApplicable',
    kind: 'bad-request',
    message: () => 'Unable to launch multiple instances with a single configured port ID.',
  }),
  addressOfMany: defineError({
    code: 'InvalidFixedIpAndMaxCountRequest',
    kind: 'bad-request',
    message: () => 'Invalid instance request: max_count must be 1 if a fixed IP is specified.',
  }),
  tooManyAtOnce: defineError({
    code: 'TooManyServersAtOnce',
    kind: 'bad-request',
    message: () => `One request makes at most ${limits.serversPerRequest} servers.`,
  }),
  hintsTooLarge: defineError({
    code: 'SchedulerHintsTooLarge',
    kind: 'bad-request',
    message: () => `Scheduler hints take at most ${limits.schedulerHintBytes} bytes.`,
  }),
  fileMalformed: defineError({
    code: 'BadPersonalityFormat',
    kind: 'bad-request',
    message: () => 'Bad personality format: a path and contents in base64 are needed.',
  }),
  overQuota: defineError<{ resource: string; limit: number }>({
    code: 'QuotaError',
    kind: 'over-quota',
    message: ({ resource, limit }) => `Quota exceeded for ${resource}: the limit is ${limit}`,
  }),
  bareMetalUnsupported: defineError<{ parameter: string }>({
    code: 'BareMetalUnsupported',
    kind: 'bad-request',
    message: ({ parameter }) => `A bare-metal flavor does not support ${parameter}.`,
  }),
  diskConfigDisabled: defineError({
    code: 'AutoDiskConfigDisabledByImage',
    kind: 'bad-request',
    message: () => 'Requested image has automatic disk resize disabled.',
  }),
};
