import type { Migration } from '../migrate.ts';

/** Tokens that come from an EC2 credential end with it. */
export const ec2TokensMigration: Migration = {
  name: '0047-ec2-tokens',
  async up(schema) {
    await schema
      .alterTable('tokens')
      .addColumn('ec2_credential_id', 'varchar(64)', (column) =>
        column.references('credentials.id').onDelete('cascade'),
      )
      .execute();
    await schema
      .createIndex('tokens_by_ec2_credential_id')
      .on('tokens')
      .column('ec2_credential_id')
      .execute();
  },
};
