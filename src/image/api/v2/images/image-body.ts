import { Type } from 'typebox';
import { containerFormats, diskFormats, visibilities } from '#image/images/image.ts';

const nullable = { anyOf: [{ type: 'string' }, { type: 'null' }] };

/** An image as answers show it; further members are free-form properties. */
export const imageShape = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    name: Type.Unsafe<string | null>(nullable),
    status: Type.String({ enum: ['queued', 'saving', 'active', 'deactivated'] }),
    visibility: Type.String({ enum: [...visibilities] }),
    owner: Type.Unsafe<string | null>(nullable),
    disk_format: Type.Unsafe<string | null>({ enum: [...diskFormats, null] }),
    container_format: Type.Unsafe<string | null>({ enum: [...containerFormats, null] }),
    size: Type.Unsafe<number | null>({ anyOf: [{ type: 'integer' }, { type: 'null' }] }),
    virtual_size: Type.Unsafe<number | null>({ anyOf: [{ type: 'integer' }, { type: 'null' }] }),
    min_ram: Type.Integer(),
    min_disk: Type.Integer(),
    protected: Type.Boolean(),
    os_hidden: Type.Boolean(),
    checksum: Type.Unsafe<string | null>(nullable),
    os_hash_algo: Type.Unsafe<string | null>(nullable),
    os_hash_value: Type.Unsafe<string | null>(nullable),
    created_at: Type.String({ format: 'date-time' }),
    updated_at: Type.String({ format: 'date-time' }),
    tags: Type.Array(Type.String()),
    self: Type.String(),
    file: Type.String(),
    schema: Type.String(),
  },
  { additionalProperties: Type.String() },
);
