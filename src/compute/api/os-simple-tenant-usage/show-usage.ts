import { Type } from 'typebox';
import { closedSince } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { linkSchema, nextLinks, pageQuery, pagingErrors, readPage } from '#compute/api/paging.ts';
import type { ComputeService } from '#compute/service.ts';
import { usageErrors } from '#compute/usage/errors.ts';
import { readUsage, readUsagePage } from '#compute/usage/read.ts';
import type { ProjectUsage } from '#compute/usage/usage.ts';
import type { Call } from '#endpoints/endpoint.ts';
import { readPeriod } from './period.ts';
import { usageContext, usageWire } from './wire.ts';

const times = { start: Type.Optional(Type.String()), end: Type.Optional(Type.String()) };

type UsageCall = Call<{ usage_project_id: string }, unknown, unknown>;

/** Every project has used something or nothing; only its own members are told. */
const usageTarget = {
  find: async (_service: ComputeService, call: UsageCall) => ({
    projectId: call.params.usage_project_id,
  }),
  absent: (call: UsageCall) =>
    usageErrors.projectNotFound({ projectId: call.params.usage_project_id }),
};

const shared = {
  method: 'GET',
  path: '/os-simple-tenant-usage/{usage_project_id}',
  summary: 'Shows what the servers of a project took in a time, one by one.',
  requires: ['ecs:usages:get'],
  target: usageTarget,
  status: 200,
  errors: [usageErrors.projectNotFound, usageErrors.timeMalformed, usageErrors.startAfterEnd],
} as const;

const closed = { additionalProperties: false };

/** Empty for a project that used nothing. */
const tenant_usage = Type.Union([usageWire.schema, Type.Object({}, closed)]);

const showWhole = endpoint({
  ...shared,
  until: '2.39',
  query: Type.Object(times),
  response: Type.Object({ tenant_usage }, closed),
  handle: async (service, call, { projectId }) => {
    const nowMs = service.clock.nowMs();
    const asked = { period: readPeriod(call.query, nowMs), projectId, detailed: true };
    return { tenant_usage: render(await readUsage(service, asked), nowMs, call) };
  },
});

const showPaged = endpoint({
  ...shared,
  since: '2.40',
  query: closedSince('2.75', { ...times, ...pageQuery }),
  response: Type.Object(
    { tenant_usage, tenant_usage_links: Type.Optional(Type.Array(linkSchema)) },
    closed,
  ),
  errors: [...shared.errors, pagingErrors.markerNotFound],
  handle: async (service, call, { projectId }) => {
    const nowMs = service.clock.nowMs();
    const asked = { period: readPeriod(call.query, nowMs), projectId, detailed: true };
    const page = readPage(call);
    const found = await readUsagePage(service, asked, page);
    if (!found) throw pagingErrors.markerNotFound({ marker: page.marker ?? '' });
    const path = `os-simple-tenant-usage/${encodeURIComponent(projectId)}`;
    const links = nextLinks(call, path, found.hasMore, found.lastServerId);
    return {
      tenant_usage: render(found.usages, nowMs, call),
      ...(links && { tenant_usage_links: links }),
    };
  },
});

export const showUsage = [showWhole, showPaged];

function render(
  [usage]: readonly ProjectUsage[],
  nowMs: number,
  { version }: Pick<Call<unknown, unknown, unknown>, 'version'>,
): object {
  return usage ? usageWire.render(usage, version, usageContext(nowMs, version)) : {};
}
