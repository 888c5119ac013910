import { defineError } from '#base/errors.ts';

/** Refusals of the image service, in Glance's words. */
export const imageErrors = {
  imageNotFound: defineError<{ id: string }>({
    code: 'ImageNotFound',
    kind: 'not-found',
    message: ({ id }) => `No image found with ID ${id}`,
  }),
  memberNotFound: defineError<{ imageId: string; memberId: string }>({
    code: 'MemberNotFound',
    kind: 'not-found',
    message: ({ imageId, memberId }) =>
      `${memberId} not found in the member list of the image ${imageId}.`,
  }),
  tagNotFound: defineError<{ imageId: string; tag: string }>({
    code: 'TagNotFound',
    kind: 'not-found',
    message: ({ imageId, tag }) => `Image ${imageId} does not have the tag ${tag}.`,
  }),
  imageExists: defineError<{ id: string }>({
    code: 'DuplicateImage',
    kind: 'conflict',
    message: ({ id }) => `Image ID ${id} already exists!`,
  }),
  memberExists: defineError<{ imageId: string; memberId: string }>({
    code: 'DuplicateMember',
    kind: 'conflict',
    message: ({ imageId, memberId }) => `Member ${memberId} is duplicated for image ${imageId}`,
  }),
  notPermitted: defineError<{ deed: string }>({
    code: 'ImageForbidden',
    kind: 'forbidden',
    message: ({ deed }) => `You are not permitted to ${deed}.`,
  }),
  attributeReadOnly: defineError<{ name: string }>({
    code: 'ReadonlyProperty',
    kind: 'forbidden',
    message: ({ name }) => `Attribute '${name}' is read-only.`,
  }),
  attributeReserved: defineError<{ name: string }>({
    code: 'ReservedProperty',
    kind: 'forbidden',
    message: ({ name }) => `Attribute '${name}' is reserved.`,
  }),
  locationsHidden: defineError({
    code: 'LocationsHidden',
    kind: 'forbidden',
    message: () => "It's not allowed to add, replace or remove locations if they are invisible.",
  }),
  baseNotRemovable: defineError<{ name: string }>({
    code: 'BasePropertyRemoval',
    kind: 'forbidden',
    message: ({ name }) => `Property ${name} may not be removed.`,
  }),
  formatFixed: defineError<{ name: string }>({
    code: 'FormatFixed',
    kind: 'forbidden',
    message: ({ name }) => `Attribute ${name} can be only replaced for a queued image.`,
  }),
  propertyAbsent: defineError<{ name: string }>({
    code: 'PropertyNotFound',
    kind: 'conflict',
    message: ({ name }) => `Property ${name} does not exist.`,
  }),
  propertyPresent: defineError<{ name: string }>({
    code: 'PropertyExists',
    kind: 'conflict',
    message: ({ name }) => `Property ${name} already present.`,
  }),
  imageProtected: defineError<{ id: string }>({
    code: 'ProtectedImageDelete',
    kind: 'forbidden',
    message: ({ id }) => `Image ${id} is protected and cannot be deleted.`,
  }),
  notShared: defineError<{ visibility: string }>({
    code: 'ImageNotShareable',
    kind: 'forbidden',
    message: ({ visibility }) =>
      `Only shared images have members, and this image's visibility is ${visibility}.`,
  }),
  imageDeactivated: defineError({
    code: 'ImageDeactivated',
    kind: 'forbidden',
    message: () => 'The requested image has been deactivated. Image data download is forbidden.',
  }),
  statusTransition: defineError<{ from: string; to: string }>({
    code: 'InvalidImageStatusTransition',
    kind: 'conflict',
    message: ({ from, to }) => `Image status transition from ${from} to ${to} is not allowed`,
  }),
  actionNotLegal: defineError<{ from: string; to: string }>({
    code: 'InvalidImageStatusForAction',
    kind: 'bad-request',
    message: ({ from, to }) => `Image status transition from ${from} to ${to} is not allowed`,
  }),
  formatsMissing: defineError<{ names: string }>({
    code: 'FormatsMissing',
    kind: 'bad-request',
    message: ({ names }) => `Properties ${names} must be set prior to saving data.`,
  }),
  dataRefused: defineError<{ rule: string; reason: string }>({
    code: 'InvalidImageData',
    kind: 'bad-request',
    message: ({ rule, reason }) => `Image data refused by the rule "${rule}": ${reason}`,
  }),
  dataIncomplete: defineError<{ reason: string }>({
    code: 'ImageDataIncomplete',
    kind: 'bad-request',
    message: ({ reason }) => `The image data did not arrive whole: ${reason}`,
  }),
  dataTooLarge: defineError<{ maxBytes: number }>({
    code: 'ImageSizeLimitExceeded',
    kind: 'too-large',
    message: ({ maxBytes }) => `The image exceeds the maximum size of ${maxBytes} bytes.`,
  }),
  storageFull: defineError({
    code: 'StorageFull',
    kind: 'too-large',
    message: () => 'Image storage media is full: there is not enough disk space.',
  }),
  storeUnknown: defineError<{ name: string }>({
    code: 'StoreNotFound',
    kind: 'bad-request',
    message: ({ name }) => `The store '${name}' is not known.`,
  }),
  imageGone: defineError<{ id: string }>({
    code: 'ImageGone',
    kind: 'gone',
    message: ({ id }) =>
      `Image ${id} could not be found after upload. The image may have been deleted during it.`,
  }),
  tooMany: defineError<{ what: string; attempted: number; maximum: number }>({
    code: 'LimitExceeded',
    kind: 'too-large',
    message: ({ what, attempted, maximum }) =>
      `Attempted: ${attempted}, Maximum: ${maximum} (${what})`,
  }),
  parameterInvalid: defineError<{ sentence: string }>({
    code: 'InvalidParameterValue',
    kind: 'bad-request',
    message: ({ sentence }) => sentence,
  }),
  patchInvalid: defineError<{ sentence: string }>({
    code: 'InvalidPatch',
    kind: 'bad-request',
    message: ({ sentence }) => sentence,
  }),
  rangeInvalid: defineError<{ sentence: string }>({
    code: 'InvalidRange',
    kind: 'range-not-satisfiable',
    message: ({ sentence }) => sentence,
  }),
};
