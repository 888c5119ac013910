import { defineError } from '#base/errors.ts';

export const rescueErrors = {
  notRescuable: defineError<{ id: string; reason: string }>({
    code: 'InstanceNotRescuable',
    kind: 'bad-request',
    message: ({ id, reason }) => `Instance ${id} cannot be rescued: ${reason}`,
  }),
  imageUnsupported: defineError<{ id: string }>({
    code: 'UnsupportedRescueImage',
    kind: 'bad-request',
    message: ({ id }) => `Requested rescue image '${id}' is not supported`,
  }),
  deviceUnsupported: defineError<{ device: string; bus: string }>({
    code: 'UnsupportedRescueDevice',
    kind: 'bad-request',
    message: ({ device, bus }) =>
      `Requested rescue device '${device}' on bus '${bus}' is not supported by the virt driver`,
  }),
};
