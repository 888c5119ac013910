import { defineError } from '#base/errors.ts';

const invalid = 'Block Device Mapping is Invalid';

/** Refusals of the disks that a new server asks for, in Nova's words. */
export const deviceErrors = {
  twoForms: defineError({
    code: 'TwoBlockDeviceMappings',
    kind: 'bad-request',
    message: () =>
      'Using different block_device_mapping syntaxes is not allowed in the same request.',
  }),
  malformed: defineError<{ details: string }>({
    code: 'InvalidBDMFormat',
    kind: 'bad-request',
    message: ({ details }) => `${invalid}: ${details}`,
  }),
  bootSequence: defineError({
    code: 'InvalidBDMBootSequence',
    kind: 'bad-request',
    message: () =>
      `${invalid}: Boot sequence for the instance and image/block device mapping combination is ` +
      'not valid.',
  }),
  volumeNotFound: defineError<{ id: string }>({
    code: 'InvalidBDMVolume',
    kind: 'bad-request',
    message: ({ id }) => `${invalid}: failed to get volume ${id}.`,
  }),
  snapshotNotFound: defineError<{ id: string }>({
    code: 'InvalidBDMSnapshot',
    kind: 'bad-request',
    message: ({ id }) => `${invalid}: failed to get snapshot ${id}.`,
  }),
  sizeMissing: defineError<{ source: string }>({
    code: 'InvalidBDM',
    kind: 'bad-request',
    message: ({ source }) =>
      `${invalid}: a volume that is made from '${source}' needs a size that is not zero.`,
  }),
  noBlockStorage: defineError({
    code: 'CinderConnectionFailed',
    kind: 'bad-request',
    message: () => `${invalid}: this cloud has no block storage to make a volume in.`,
  }),
  tooManyLocal: defineError({
    code: 'InvalidBDMLocalsLimit',
    kind: 'bad-request',
    message: () => `${invalid}: You specified more local devices than the limit allows`,
  }),
  ephemeralTooLarge: defineError({
    code: 'InvalidBDMEphemeralSize',
    kind: 'bad-request',
    message: () => 'Ephemeral disks requested are larger than the instance type allows.',
  }),
  swapTooLarge: defineError({
    code: 'InvalidBDMSwapSize',
    kind: 'bad-request',
    message: () => 'Swap drive requested is larger than instance type allows.',
  }),
};
