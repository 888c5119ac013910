import { type Static, Type } from 'typebox';
import { limits } from '#base/limits.ts';
import type { BlockDevice } from '#compute/servers/block-devices.ts';
import { deviceErrors } from '#compute/servers/device-errors.ts';
import { looseBoolean } from './fields.ts';

const closed = { additionalProperties: false };
const text = Type.String({ maxLength: 255 });
const id = Type.String({ minLength: 1, maxLength: 255, pattern: '^[a-zA-Z0-9._-]*$' });
const size = Type.Union([
  Type.Integer({ minimum: 1, maximum: 0x7fff_ffff }),
  Type.String({ pattern: '^[0-9]{1,9}$' }),
]);

/** In 2.32 by mistake of that version alone, and again since 2.42. */
export const deviceTag = { minLength: 1, maxLength: 60, pattern: '^[^,/\\u0000]*$' };

const shared = {
  virtual_name: Type.Optional(text),
  volume_id: Type.Optional(Type.Union([id, Type.Null()])),
  snapshot_id: Type.Optional(id),
  volume_size: Type.Optional(size),
  device_name: Type.Optional(
    Type.String({ minLength: 1, maxLength: 255, pattern: '^[a-zA-Z0-9._/-]*$' }),
  ),
  delete_on_termination: Type.Optional(looseBoolean),
  no_device: Type.Optional(Type.Unknown()),
  connection_info: Type.Optional(Type.String({ maxLength: 65_535 })),
};

const oldDevice = Type.Object(shared, closed);

const newDevice = Type.Object(
  {
    ...shared,
    source_type: Type.Optional(Type.Enum(['volume', 'image', 'snapshot', 'blank'])),
    uuid: Type.Optional(id),
    image_id: Type.Optional(id),
    destination_type: Type.Optional(Type.Enum(['local', 'volume'])),
    guest_format: Type.Optional(text),
    device_type: Type.Optional(text),
    disk_bus: Type.Optional(text),
    boot_index: Type.Optional(
      Type.Union([
        Type.Integer({ minimum: -1000, maximum: 1000 }),
        Type.String({ pattern: '^-?[0-9]{1,3}$' }),
        Type.Null(),
      ]),
    ),
    tag: Type.Optional(
      Type.Union([
        Type.String({ ...deviceTag, since: '2.32', until: '2.32' }),
        Type.String({ ...deviceTag, since: '2.42' }),
      ]),
    ),
    volume_type: Type.Optional(Type.Union([text, Type.Null()], { since: '2.67' })),
  },
  closed,
);

const maxItems = limits.blockDevicesPerRequest;
export const oldDevices = Type.Array(oldDevice, { maxItems });
export const newDevices = Type.Array(newDevice, { maxItems });

/**
 * Both forms as one. @param imageId what the server is made from besides; the older form does not
 * list it, the newer one does
 */
export function readDevices(
  old: Static<typeof oldDevices> = [],
  wanted: Static<typeof newDevices> = [],
  imageId: string | null = null,
): BlockDevice[] {
  if (old.length > 0 && wanted.length > 0) throw deviceErrors.twoForms();
  if (old.length > 0) return readOld(old, imageId);
  return wanted.flatMap((device) => (device.no_device ? [] : readNew(device)));
}

function readNew(device: Static<typeof newDevice>): BlockDevice {
  const source = device.source_type;
  if (source === undefined) throw deviceErrors.malformed({ details: 'Missing source type.' });
  const isVolume = source === 'volume' || source === 'snapshot';
  return {
    source,
    destination: device.destination_type ?? (isVolume ? 'volume' : 'local'),
    id: device.uuid ?? null,
    bootIndex: Number(device.boot_index ?? -1),
    size: device.volume_size === undefined ? null : Number(device.volume_size),
    isSwap: device.guest_format === 'swap',
  };
}

/** The first disk with something on it is booted, unless there is an image. */
function readOld(old: Static<typeof oldDevices>, imageId: string | null): BlockDevice[] {
  const devices = old.flatMap((device) => (device.no_device ? [] : readOldOne(device)));
  if (imageId !== null) {
    const shape = { source: 'image', destination: 'local', size: null, isSwap: false } as const;
    return [{ ...shape, id: imageId, bootIndex: 0 }, ...devices];
  }
  const root = devices.find(({ source }) => source !== 'blank');
  if (root) root.bootIndex = 0;
  return devices;
}

function readOldOne(device: Static<typeof oldDevice>): BlockDevice {
  const size = device.volume_size === undefined ? null : Number(device.volume_size);
  const rest = { bootIndex: -1, size, isSwap: false };
  const { virtual_name: name = '' } = device;
  if (name === 'swap' || /^ephemeral\d+$/.test(name)) {
    return { ...rest, source: 'blank', destination: 'local', id: null, isSwap: name === 'swap' };
  }
  if (device.snapshot_id) {
    return { ...rest, source: 'snapshot', destination: 'volume', id: device.snapshot_id };
  }
  if (device.volume_id) {
    return { ...rest, source: 'volume', destination: 'volume', id: device.volume_id };
  }
  throw deviceErrors.malformed({ details: 'Unrecognized legacy format.' });
}
