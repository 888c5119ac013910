import { upsertHost } from '#compute/hosts/store.ts';
import { insertMigration, type NewMigration } from '#compute/migrations/store.ts';
import { updateServer } from '#compute/servers/store.ts';
import { registerServices } from '#compute/services/register.ts';
import { type Play, type Prepared, play } from '../play.ts';
import type { Stage } from '../stage.ts';

/** What administrators read of hosts, and of what servers do there. */
export function hostPlays(): Play[] {
  return [
    ...hypervisorPlays(),
    ...servicePlays(),
    ...machinePlays(),
    ...migrationPlays(),
    ...usagePlays(),
    ...eventPlays(),
  ];
}

/** Another host, which nobody serves: so that there is more than one. */
async function secondHost(stage: Stage): Promise<void> {
  const { database, compute } = stage.cloud.cloud.services;
  const sizes = { vcpus: 8, memory_mib: 8192, disk_gib: 100 };
  const state = { enabled: 1, served: 0, seen_ms: 0 };
  const place = { availability_zone: 'us-west', hypervisor: 'simulated' };
  await database.transaction(async (tx) => {
    await upsertHost(tx, { name: 'openstack-node-02', ...place, ...sizes, ...state });
    await registerServices(tx, compute.ids, stage.hostName, 0);
  });
}

/** Of the host on which servers are. */
async function hypervisorId(stage: Stage, version: string): Promise<string> {
  const headers = { 'openstack-api-version': `compute ${version}` };
  const { body } = await stage.player.get('/v2.1/os-hypervisors', headers);
  const named = ({ hypervisor_hostname }: { hypervisor_hostname: string }) =>
    hypervisor_hostname === stage.hostName;
  return String(body.hypervisors.find(named).id);
}

const isAtLeast = (version: string, minor: number) => Number(version.split('.')[1]) >= minor;

function hypervisorPlays(): Play[] {
  const resource = 'os-hypervisors';
  const all = 'GET /os-hypervisors';
  const one = `${all}/{id}`;
  const paged = async (stage: Stage, version: string): Promise<Prepared> => {
    await secondHost(stage);
    return isAtLeast(version, 33) ? { query: '?limit=1' } : {};
  };
  const shown = async (stage: Stage, version: string): Promise<Prepared> => ({
    ids: [await hypervisorId(stage, version)],
  });
  const withServers = async (stage: Stage): Promise<Prepared> => {
    await stage.makeServer();
    return { query: '?with_servers=1' };
  };
  const shownWithServers = async (stage: Stage, version: string): Promise<Prepared> => ({
    ...(await withServers(stage)),
    ...(await shown(stage, version)),
  });
  const named = async (stage: Stage): Promise<Prepared> => ({ ids: [stage.hostName] });
  const matching = async () => ({ query: '?hypervisor_hostname_pattern=node-01' });
  const until = (version: string, ...plays: Play[]) =>
    plays.map((each) => ({ ...each, until: version }));
  const since = (version: string, ...plays: Play[]) =>
    plays.map((each) => ({ ...each, since: version }));
  const answer = (name: string) => ({ answer: `hypervisors-${name}-resp` });
  return [
    play(resource, all, answer('list'), paged),
    play(resource, `${all}/detail`, answer('detail'), paged),
    play(resource, `${all}/detail`, answer('detail-with-servers'), withServers),
    play(resource, one, answer('show'), shown),
    play(resource, one, answer('show-with-servers'), shownWithServers),
    play(resource, `${all}/statistics`, answer('statistics')),
    play(resource, `${one}/uptime`, answer('uptime'), shown),
    ...until(
      '2.52',
      play(resource, `${one}/search`, answer('search'), named),
      play(resource, `${one}/servers`, answer('without-servers'), async (stage) => {
        await secondHost(stage);
        return { ids: ['openstack-node-02'] };
      }),
      play(resource, `${one}/servers`, answer('with-servers'), async (stage) => {
        await withServers(stage);
        return named(stage);
      }),
    ),
    ...since(
      '2.53',
      play(resource, all, answer('search'), matching),
      play(resource, all, answer('without-servers')),
      play(resource, all, answer('with-servers'), withServers),
    ),
  ];
}

function servicePlays(): Play[] {
  const resource = 'os-services';
  const change = (name: string, action: string) =>
    play(
      resource,
      'PUT /os-services/{id}',
      { request: `service-${name}-put-req`, answer: `service-${name}-put-resp` },
      async (stage, version) => {
        if (isAtLeast(version, 53)) return { ids: [await computeServiceId(stage)] };
        return {
          ids: [action],
          adjust: (body) => {
            body.host = stage.hostName;
          },
        };
      },
    );
  return [
    play(resource, 'GET /os-services', { answer: 'services-list-get-resp' }),
    change('disable', 'disable'),
    change('disable-log', 'disable-log-reason'),
    change('force-down', 'force-down'),
    change('enable', 'enable'),
  ];
}

async function computeServiceId(stage: Stage): Promise<string> {
  const headers = { 'openstack-api-version': 'compute 2.53' };
  const { body } = await stage.player.get('/v2.1/os-services?binary=nova-compute', headers);
  return body.services[0].id;
}

function machinePlays(): Play[] {
  const resource = 'os-hosts';
  const named = async (stage: Stage): Promise<Prepared> => ({ ids: [stage.hostName] });
  const maintenance = {
    request: 'host-put-maintenance-req',
    answer: 'host-put-maintenance-resp',
  };
  const diagnosed = async (stage: Stage): Promise<Prepared> => ({
    ids: [await stage.makeServer({ config_drive: true })],
  });
  const diagnostics = 'GET /servers/{id}/diagnostics';
  const topology = 'GET /servers/{id}/topology';
  const onServer = async (stage: Stage) => ({ ids: [await stage.makeServer()] });
  return [
    play(resource, 'GET /os-hosts', { answer: 'hosts-list-resp' }),
    play(resource, 'GET /os-hosts/{name}', { answer: 'host-get-resp' }, named),
    play(resource, 'PUT /os-hosts/{name}', maintenance, named),
    play(
      'os-server-diagnostics',
      diagnostics,
      { answer: 'server-diagnostics-get-resp' },
      diagnosed,
    ),
    play('os-server-topology', topology, { answer: 'servers-topology-resp' }, onServer),
    play('os-server-topology', topology, { answer: 'servers-topology-resp-user' }, onServer),
  ];
}

function migrationOf(stage: Stage, serverId: string, extra: Partial<NewMigration>): NewMigration {
  return {
    uuid: stage.cloud.cloud.services.compute.ids.uuid(),
    serverId,
    projectId: stage.player.projectId ?? '',
    userId: stage.player.userId ?? '',
    type: 'resize',
    status: 'done',
    sourceHost: stage.hostName,
    targetHost: 'openstack-node-02',
    targetAddress: '192.0.2.2',
    oldFlavorNumber: 1,
    newFlavorNumber: 2,
    isHidden: false,
    createdMs: stage.cloud.cloud.services.compute.clock.nowMs(),
    ...extra,
  };
}

/** A server on its way, which no host counts any more. */
async function movingServer(stage: Stage): Promise<Prepared> {
  const serverId = await stage.makeServer();
  const { queries } = stage.cloud.cloud.services.database;
  const live = { type: 'live-migration', status: 'running', sourceHost: null } as const;
  await updateServer(queries, serverId, { task_state: 'migrating' }, 1);
  const id = await insertMigration(queries, migrationOf(stage, serverId, live));
  return { ids: [serverId, String(id)] };
}

/** A server that has been resized and moves now; the resize is told first by lists. */
async function movedServer(stage: Stage): Promise<{ serverId: string; ids: number[] }> {
  const serverId = await stage.makeServer();
  const { database } = stage.cloud.cloud.services;
  const live = { type: 'live-migration', status: 'running' } as const;
  const ids = await database.transaction(async (tx) => [
    await insertMigration(tx, migrationOf(stage, serverId, live)),
    await insertMigration(tx, migrationOf(stage, serverId, {})),
  ]);
  return { serverId, ids };
}

function migrationPlays(): Play[] {
  const resource = 'os-migrations';
  const all = 'GET /os-migrations';
  const asked = (query: string) => async (stage: Stage) => {
    await movedServer(stage);
    return { query };
  };
  const marked = async (stage: Stage) => {
    await movedServer(stage);
    const headers = { 'openstack-api-version': 'compute 2.59' };
    const { body } = await stage.player.get('/v2.1/os-migrations?limit=1', headers);
    return { query: `?marker=${body.migrations[0].uuid}&migration_type=live-migration` };
  };
  const own = async (stage: Stage) => {
    await movedServer(stage);
    return { query: `?user_id=${stage.player.userId}&project_id=${stage.player.projectId}` };
  };
  const named = (name: string) => ({ answer: `migrations-get-with-${name}` });
  const below = '/servers/{id}/migrations';
  const forcing = `POST ${below}/{id}/action force_complete`;
  return [
    play(resource, all, { answer: 'migrations-get' }, asked('')),
    play(resource, all, named('limit'), asked('?limit=1')),
    play(resource, all, named('marker'), marked),
    play(
      resource,
      all,
      named('changes-since'),
      asked('?changes-since=2012-01-01T00:00:00Z&migration_type=resize'),
    ),
    play(
      resource,
      all,
      named('changes-before'),
      asked('?changes-before=2112-01-01T00:00:00Z&migration_type=live-migration'),
    ),
    play(resource, all, named('user-or-project-id'), own),
    play('server-migrations', `GET ${below}`, { answer: 'migrations-index' }, async (stage) => ({
      ids: [(await movedServer(stage)).serverId],
    })),
    play('server-migrations', forcing, { request: 'force_complete' }, movingServer),
    play('server-migrations', `GET ${below}/{id}`, { answer: 'migrations-get' }, async (stage) => {
      const { serverId, ids } = await movedServer(stage);
      return { ids: [serverId, String(ids[0])] };
    }),
  ];
}

function usagePlays(): Play[] {
  const resource = 'os-simple-tenant-usage';
  const all = `GET /${resource}`;
  const audit = 'GET /os-instance_usage_audit_log';
  const used = (detailed: boolean, isPaged: boolean) => async (stage: Stage, version: string) => {
    await stage.makeServer();
    await stage.makeServer();
    const start = 'start=2012-01-01T00:00:00';
    const page = isPaged && isAtLeast(version, 40) ? '&limit=1' : '';
    const query = `?${start}${page}${detailed ? '&detailed=1' : ''}`;
    return { query, ids: [stage.player.projectId ?? ''] };
  };
  const one = async (stage: Stage, version: string) => {
    const { query, ids } = await used(false, true)(stage, version);
    return { query, ids };
  };
  return [
    play(resource, all, { answer: 'simple-tenant-usage-get' }, used(false, true)),
    play(resource, all, { answer: 'simple-tenant-usage-get-detail' }, used(true, true)),
    play(resource, all, { answer: 'simple-tenant-usage-get-all' }, used(true, false)),
    play(resource, `${all}/{id}`, { answer: 'simple-tenant-usage-get-specific' }, one),
    play('os-instance-usage-audit-log', audit, {
      answer: 'inst-usage-audit-log-index-get-resp',
    }),
    play(
      'os-instance-usage-audit-log',
      `${audit}/{before}`,
      { answer: 'inst-usage-audit-log-show-get-resp' },
      async () => ({ ids: ['2012-07-05 10:00:00'] }),
    ),
  ];
}

function eventPlays(): Play[] {
  const both = { request: 'event-create-req', answer: 'event-create-resp' };
  return [
    play('os-server-external-events', 'POST /os-server-external-events', both, async (stage) => {
      const server_uuid = await stage.makeServer();
      return {
        // The sample's own name is one that only Nova's tests know.
        adjust: (body) =>
          void Object.assign(body.events[0], { name: 'network-changed', server_uuid }),
      };
    }),
    play(
      'os-server-shares',
      'GET /servers/{id}/shares',
      { answer: 'server-shares-list-resp' },
      async (stage) => ({
        ids: [await stage.makeServer()],
      }),
    ),
  ];
}
