import { Type } from 'typebox';
import { defineError } from '#base/errors.ts';
import { closedSince, noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';

const closed = { additionalProperties: false };

const snapshotErrors = {
  volumeNotAttached: defineError<{ volumeId: string }>({
    code: 'VolumeBDMNotFound',
    kind: 'bad-request',
    message: ({ volumeId }) =>
      `No volume Block Device Mapping with ID ${volumeId.slice(0, 64)} was found.`,
  }),
  infoMalformed: defineError({
    code: 'InvalidDeleteInfo',
    kind: 'bad-request',
    message: () => 'delete_info must be a JSON object that names a volume_id.',
  }),
};

const text = Type.String({ minLength: 1, maxLength: 255, pattern: '^[^\\u0000]*$' });
const textOrId = Type.String({ maxLength: 255 });

/** For volumes that are files beside a guest's disk. No volume of ours is. */
export const createAssistedSnapshot = endpoint({
  method: 'POST',
  path: '/os-assisted-volume-snapshots',
  summary: 'Would take a snapshot of a volume that is a file on the host; there are none.',
  requires: ['ecs:assistedVolumeSnapshots:create'],
  query: noQuery,
  body: Type.Object(
    {
      snapshot: Type.Object(
        {
          volume_id: text,
          create_info: Type.Object(
            {
              snapshot_id: text,
              type: Type.Literal('qcow2'),
              new_file: text,
              id: Type.Optional(text),
            },
            closed,
          ),
        },
        closed,
      ),
    },
    closed,
  ),
  status: 200,
  response: Type.Object(
    { snapshot: Type.Object({ id: textOrId, volumeId: textOrId }, closed) },
    closed,
  ),
  errors: [snapshotErrors.volumeNotAttached],
  handle: (_service, call) =>
    Promise.reject(snapshotErrors.volumeNotAttached({ volumeId: call.body.snapshot.volume_id })),
});

export const deleteAssistedSnapshot = endpoint({
  method: 'DELETE',
  path: '/os-assisted-volume-snapshots/{snapshot_id}',
  summary: 'Would delete such a snapshot; there are none.',
  requires: ['ecs:assistedVolumeSnapshots:delete'],
  query: closedSince('2.75', { delete_info: Type.Optional(Type.String()) }),
  status: 204,
  errors: [snapshotErrors.volumeNotAttached, snapshotErrors.infoMalformed],
  handle: async (_service, call) => {
    const volumeId = volumeIdIn(call.query.delete_info ?? '');
    if (volumeId === undefined) throw snapshotErrors.infoMalformed();
    throw snapshotErrors.volumeNotAttached({ volumeId });
  },
});

function volumeIdIn(info: string): string | undefined {
  try {
    const told: unknown = JSON.parse(info);
    const isObject = typeof told === 'object' && told !== null;
    return isObject && 'volume_id' in told ? String(told.volume_id) : undefined;
  } catch {
    return undefined;
  }
}
