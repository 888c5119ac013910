import { type TSchema, Type } from 'typebox';
import { isoMicros } from '#base/clock.ts';
import { type LinkBases, linkBasesOf, linksSchema, resourceLinks } from '#compute/api/links.ts';
import {
  isLiveAndGoingOn,
  type MoveProgress,
  type ServerMigration,
} from '#compute/migrations/migration.ts';
import type { Call } from '#endpoints/endpoint.ts';
import { Wire, type WireField } from '#endpoints/wire.ts';
import { mayPerform } from '#policy/engine.ts';

/** Where links start, and whether the asker may know hosts; else they are null. */
export interface MigrationContext extends LinkBases {
  showsHosts: boolean;
}

export const seeingHosts = 'ecs:migrations:getHost';

export function migrationContext(
  call: Pick<Call<unknown, unknown, unknown>, 'actor' | 'root' | 'origin'>,
): MigrationContext {
  return { ...linkBasesOf(call), showsHosts: mayPerform(call.actor, seeingHosts) };
}

type Field = WireField<ServerMigration, MigrationContext>;

const text = Type.String();
const integer = Type.Integer();
const orNull = (schema: TSchema) => Type.Union([schema, Type.Null()]);

function hostField(name: string, of: (migration: ServerMigration) => string | null): Field {
  return {
    name,
    schema: orNull(text),
    value: (migration, { showsHosts }) => (showsHosts ? of(migration) : null),
  };
}

/** What both forms show. Every host has one node, named like it. */
const shared: readonly Field[] = [
  { name: 'id', schema: integer, value: ({ id }) => id },
  { name: 'uuid', since: '2.59', schema: text, value: ({ uuid }) => uuid },
  { name: 'status', schema: text, value: ({ status }) => status },
  hostField('source_compute', ({ sourceHost }) => sourceHost),
  hostField('source_node', ({ sourceHost }) => sourceHost),
  hostField('dest_compute', ({ targetHost }) => targetHost),
  hostField('dest_node', ({ targetHost }) => targetHost),
  hostField('dest_host', ({ targetAddress }) => targetAddress),
  { name: 'created_at', schema: text, value: ({ createdMs }) => isoMicros(createdMs) },
  {
    name: 'updated_at',
    schema: orNull(text),
    value: ({ updatedMs }) => (updatedMs === null ? null : isoMicros(updatedMs)),
  },
  { name: 'user_id', since: '2.80', schema: text, value: ({ userId }) => userId },
  { name: 'project_id', since: '2.80', schema: text, value: ({ projectId }) => projectId },
];

/** As lists over all servers show it. */
export const migrationWire = new Wire<ServerMigration, MigrationContext>([
  ...shared,
  { name: 'instance_uuid', schema: text, value: ({ serverId }) => serverId },
  { name: 'migration_type', since: '2.23', schema: text, value: ({ type }) => type },
  {
    name: 'old_instance_type_id',
    schema: orNull(integer),
    value: ({ oldFlavorNumber }) => oldFlavorNumber,
  },
  {
    name: 'new_instance_type_id',
    schema: orNull(integer),
    value: ({ newFlavorNumber }) => newFlavorNumber,
  },
  {
    name: 'links',
    since: '2.23',
    optional: true,
    schema: linksSchema,
    // Only those that go on can be looked at below their server.
    value: (migration, links) =>
      isLiveAndGoingOn(migration)
        ? resourceLinks(links, `servers/${migration.serverId}/migrations`, String(migration.id))
        : undefined,
  },
]);

function progress(name: string, of: (migration: ServerMigration) => MoveProgress): Field[] {
  const rows: [string, keyof MoveProgress][] = [
    ['total', 'totalBytes'],
    ['processed', 'processedBytes'],
    ['remaining', 'remainingBytes'],
  ];
  return rows.map(([word, member]) => ({
    name: `${name}_${word}_bytes`,
    schema: orNull(integer),
    value: (migration) => of(migration)[member],
  }));
}

/** As it is shown below its server, with how far it is. */
export const serverMigrationWire = new Wire<ServerMigration, MigrationContext>([
  ...shared,
  { name: 'server_uuid', schema: text, value: ({ serverId }) => serverId },
  ...progress('memory', ({ memory }) => memory),
  ...progress('disk', ({ disk }) => disk),
]);
