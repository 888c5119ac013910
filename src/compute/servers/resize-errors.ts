import { defineError } from '#base/errors.ts';

/** Refusals of resizes and cold migrations, in Nova's words. */
export const resizeErrors = {
  flavorUnchanged: defineError({
    code: 'CannotResizeToSameFlavor',
    kind: 'bad-request',
    message: () => 'When resizing, instances must change flavor!',
  }),
  diskCannotShrink: defineError<{ sentence: string }>({
    code: 'CannotResizeDisk',
    kind: 'bad-request',
    message: ({ sentence }) => `Server disk was unable to be resized because: ${sentence}`,
  }),
  noValidHost: defineError<{ action: string }>({
    code: 'NoValidHost',
    kind: 'bad-request',
    message: ({ action }) => `No valid host was found. No valid host found for ${action}`,
  }),
  hostUnchanged: defineError({
    code: 'CannotMigrateToSameHost',
    kind: 'bad-request',
    message: () => 'Cannot migrate to the host where the server exists.',
  }),
  notResized: defineError({
    code: 'MigrationNotFoundByStatus',
    kind: 'bad-request',
    message: () => 'Instance has not been resized.',
  }),
};
