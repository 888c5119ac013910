import type { SchemaModule } from 'kysely';
import type { Migration } from '../migrate.ts';

export const imageMigration: Migration = {
  name: '0003-image',
  async up(schema) {
    await createImages(schema);
    await createImageDetails(schema);
    await schema
      .createTable('image_deletions')
      .addColumn('image_id', 'varchar(36)', (column) => column.primaryKey())
      .addColumn('has_data', 'integer', (column) => column.notNull())
      .addColumn('deleted_ms', 'bigint', (column) => column.notNull())
      .execute();
    await schema
      .createIndex('image_deletions_by_data')
      .on('image_deletions')
      .column('has_data')
      .execute();
  },
};

async function createImages(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('images')
    .addColumn('id', 'varchar(36)', (column) => column.primaryKey())
    .addColumn('name', 'varchar(255)')
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('visibility', 'varchar(16)', (column) => column.notNull())
    .addColumn('owner_id', 'varchar(255)')
    .addColumn('disk_format', 'varchar(16)')
    .addColumn('container_format', 'varchar(16)')
    .addColumn('size_bytes', 'bigint')
    .addColumn('virtual_size_bytes', 'bigint')
    .addColumn('min_disk_gib', 'integer', (column) => column.notNull())
    .addColumn('min_ram_mib', 'integer', (column) => column.notNull())
    .addColumn('is_protected', 'integer', (column) => column.notNull())
    .addColumn('is_hidden', 'integer', (column) => column.notNull())
    .addColumn('checksum', 'varchar(32)')
    .addColumn('hash_algorithm', 'varchar(16)')
    .addColumn('hash_value', 'varchar(128)')
    .addColumn('upload_id', 'varchar(36)')
    .addColumn('created_ms', 'bigint', (column) => column.notNull())
    .addColumn('updated_ms', 'bigint', (column) => column.notNull())
    .execute();
  const indices: Record<string, string[]> = {
    images_by_creation: ['created_ms', 'id'],
    images_by_update: ['updated_ms', 'id'],
    images_by_name: ['name', 'created_ms', 'id'],
    images_by_size: ['size_bytes', 'created_ms', 'id'],
    images_by_status: ['status', 'created_ms', 'id'],
    images_by_owner: ['owner_id', 'created_ms', 'id'],
    images_by_visibility: ['visibility', 'created_ms', 'id'],
  };
  for (const [name, columns] of Object.entries(indices)) {
    await schema.createIndex(name).on('images').columns(columns).execute();
  }
}

async function createImageDetails(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('image_properties')
    .addColumn('image_id', 'varchar(36)', (column) => column.notNull())
    .addColumn('name', 'varchar(255)', (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('image_properties_key', ['image_id', 'name'])
    .execute();
  await schema
    .createIndex('image_properties_by_name')
    .on('image_properties')
    .column('name')
    .execute();
  await schema
    .createTable('image_tags')
    .addColumn('image_id', 'varchar(36)', (column) => column.notNull())
    .addColumn('tag', 'varchar(255)', (column) => column.notNull())
    .addPrimaryKeyConstraint('image_tags_key', ['image_id', 'tag'])
    .execute();
  await schema.createIndex('image_tags_by_tag').on('image_tags').column('tag').execute();
  await schema
    .createTable('image_members')
    .addColumn('image_id', 'varchar(36)', (column) => column.notNull())
    .addColumn('member_id', 'varchar(255)', (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('created_ms', 'bigint', (column) => column.notNull())
    .addColumn('updated_ms', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('image_members_key', ['image_id', 'member_id'])
    .execute();
  await schema
    .createIndex('image_members_by_member')
    .on('image_members')
    .columns(['member_id', 'status'])
    .execute();
}
