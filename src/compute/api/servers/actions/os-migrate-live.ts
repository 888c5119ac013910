import { type Static, Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { migrationErrors } from '#compute/migrations/errors.ts';
import type { Asked } from '#compute/servers/act.ts';
import { requireOnServer } from '#compute/servers/described.ts';
import { serverErrors } from '#compute/servers/errors.ts';
import { type LiveMigrationWish, liveMigrateServer } from '#compute/servers/live-migrate.ts';
import { resizeErrors } from '#compute/servers/resize-errors.ts';
import type { Server } from '#compute/servers/server.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import { hostName, isTrue, looseBoolean } from '../fields.ts';
import { serverTarget } from '../target.ts';

const closed = { additionalProperties: false };

const shared = {
  method: 'POST',
  path: '/servers/{server_id}/action',
  action: 'os-migrateLive',
  summary: 'Moves a server to another host while it runs.',
  requires: ['ecs:servers:migrateLive', 'ecs:servers:get'],
  target: serverTarget,
  status: 202,
} as const;

const errors = [
  computeErrors.invalidState,
  computeErrors.locked,
  computeErrors.notReady,
  serverErrors.hostNotFound,
];

/** Refusals of requests whose checks were not put off. */
const checked = [
  ...errors,
  resizeErrors.noValidHost,
  migrationErrors.toSelf,
  migrationErrors.disksShared,
  migrationErrors.disksApart,
];

const host = Type.Union([hostName, Type.Null()]);

const first = Type.Object(
  { host, block_migration: looseBoolean, disk_over_commit: looseBoolean },
  closed,
);

const later = Type.Object(
  {
    host,
    block_migration: Type.Union([Type.Literal('auto'), looseBoolean]),
    force: Type.Optional({ ...looseBoolean, since: '2.30', until: '2.67' } as typeof looseBoolean),
  },
  closed,
);

type Fields = Pick<Static<typeof later>, 'host' | 'block_migration' | 'force'>;

/** How much is copied follows from the disks themselves, however much is promised of a host. */
function wishOf(body: Fields): Pick<LiveMigrationWish, 'host' | 'disks' | 'isForced'> {
  const { block_migration: copies } = body;
  const disks = copies === 'auto' ? 'either' : isTrue(copies) ? 'copied' : 'seen';
  return { host: body.host, disks, isForced: isTrue(body.force) };
}

/** Before 2.34 the answer waited for the checks; since then they end in the instance action. */
function handled({ refusesLate }: Pick<LiveMigrationWish, 'refusesLate'>) {
  return async (
    service: ComputeService,
    call: Asked & { body: { 'os-migrateLive': Fields } },
    server: Allowed<Server>,
  ) => {
    // Whose choice the host is, is the operator's.
    if (call.body['os-migrateLive'].host !== null) {
      await requireOnServer(service, call.actor, server, 'ecs:servers:migrateLiveToHost');
    }
    const wish = { ...wishOf(call.body['os-migrateLive']), refusesLate };
    await liveMigrateServer(service, call, server, wish);
  };
}

export const osMigrateLive = [
  endpoint({
    ...shared,
    until: '2.24',
    body: Type.Object({ 'os-migrateLive': first }, closed),
    errors: checked,
    handle: handled({ refusesLate: false }),
  }),
  endpoint({
    ...shared,
    since: '2.25',
    until: '2.33',
    body: Type.Object({ 'os-migrateLive': later }, closed),
    errors: [...checked, migrationErrors.forcedNowhere],
    handle: handled({ refusesLate: false }),
  }),
  endpoint({
    ...shared,
    since: '2.34',
    body: Type.Object({ 'os-migrateLive': later }, closed),
    errors: [...errors, migrationErrors.forcedNowhere],
    handle: handled({ refusesLate: true }),
  }),
];
