import { containerFormats, diskFormats, visibilities } from '#image/images/image.ts';

const text = (description: string, extras: object = {}) => ({
  type: 'string',
  description,
  ...extras,
});
const textOrNull = (description: string, extras: object = {}) => ({
  type: ['null', 'string'],
  description,
  ...extras,
});
const readOnly = { readOnly: true };
const uuidPattern = `^${[8, 4, 4, 4, 12].map((length) => `([0-9a-fA-F]){${length}}`).join('-')}$`;

const statuses = [
  'queued',
  'saving',
  'active',
  'killed',
  'deleted',
  'uploading',
  'importing',
  'pending_delete',
  'deactivated',
];

/** As Glance publishes it: clients build their model of an image from this document. */
export const imageSchema = {
  name: 'image',
  properties: {
    id: text('An identifier for the image', { pattern: uuidPattern }),
    name: textOrNull('Descriptive name for the image', { maxLength: 255 }),
    status: text('Status of the image', { ...readOnly, enum: statuses }),
    visibility: text('Scope of image accessibility', { enum: visibilities }),
    protected: { type: 'boolean', description: 'If true, image will not be deletable.' },
    os_hidden: {
      type: 'boolean',
      description: 'If true, image will not appear in default image list response.',
    },
    checksum: textOrNull('md5 hash of image contents.', { ...readOnly, maxLength: 32 }),
    os_hash_algo: textOrNull('Algorithm to calculate the os_hash_value', {
      ...readOnly,
      maxLength: 64,
    }),
    os_hash_value: textOrNull(
      'Hexdigest of the image contents using the algorithm specified by the os_hash_algo',
      { ...readOnly, maxLength: 128 },
    ),
    owner: textOrNull('Owner of the image', { maxLength: 255 }),
    size: {
      type: ['null', 'integer'],
      description: 'Size of image file in bytes',
      ...readOnly,
    },
    virtual_size: {
      type: ['null', 'integer'],
      description: 'Virtual size of image in bytes',
      ...readOnly,
    },
    container_format: textOrNull('Format of the container', { enum: [null, ...containerFormats] }),
    disk_format: textOrNull('Format of the disk', { enum: [null, ...diskFormats] }),
    created_at: text('Date and time of image registration', readOnly),
    updated_at: text('Date and time of the last image modification', readOnly),
    tags: {
      type: 'array',
      description: 'List of strings related to the image',
      items: { type: 'string', maxLength: 255 },
    },
    direct_url: text('URL to access the image file kept in external store', readOnly),
    min_ram: { type: 'integer', description: 'Amount of ram (in MB) required to boot image.' },
    min_disk: {
      type: 'integer',
      description: 'Amount of disk space (in GB) required to boot image.',
    },
    self: text('An image self url', readOnly),
    file: text('An image file url', readOnly),
    schema: text('An image schema url', readOnly),
  },
  additionalProperties: { type: 'string' },
  links: [
    { rel: 'self', href: '{self}' },
    { rel: 'enclosure', href: '{file}' },
    { rel: 'describedby', href: '{schema}' },
  ],
};

export const imagesSchema = {
  name: 'images',
  properties: {
    images: { type: 'array', items: imageSchema },
    schema: { type: 'string' },
    next: { type: 'string' },
    first: { type: 'string' },
  },
  links: [
    { rel: 'first', href: '{first}' },
    { rel: 'next', href: '{next}' },
    { rel: 'describedby', href: '{schema}' },
  ],
};
