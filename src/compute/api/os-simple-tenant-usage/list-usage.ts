import { Type } from 'typebox';
import { closedSince } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { linkSchema, nextLinks, pageQuery, pagingErrors, readPage } from '#compute/api/paging.ts';
import { usageErrors } from '#compute/usage/errors.ts';
import { readUsage, readUsagePage } from '#compute/usage/read.ts';
import { readPeriod } from './period.ts';
import { usageContext, usageWire } from './wire.ts';

const text = Type.Optional(Type.String());
const times = { start: text, end: text, detailed: text };

const shared = {
  method: 'GET',
  path: '/os-simple-tenant-usage',
  summary: 'Lists what the servers of each project took in a time.',
  requires: ['ecs:usages:list'],
  status: 200,
  errors: [usageErrors.timeMalformed, usageErrors.startAfterEnd],
} as const;

const closed = { additionalProperties: false };
const tenant_usages = Type.Array(usageWire.schema);

const listWhole = endpoint({
  ...shared,
  until: '2.39',
  query: Type.Object(times),
  response: Type.Object({ tenant_usages }, closed),
  handle: async (service, call) => {
    const nowMs = service.clock.nowMs();
    const period = readPeriod(call.query, nowMs);
    const asked = { period, projectId: null, detailed: call.query.detailed === '1' };
    const usages = await readUsage(service, asked);
    const context = usageContext(nowMs, call.version);
    return { tenant_usages: usages.map((one) => usageWire.render(one, call.version, context)) };
  },
});

/** Of a page of servers, so that one project may stand on several pages. */
const listPaged = endpoint({
  ...shared,
  since: '2.40',
  query: closedSince('2.75', { ...times, ...pageQuery }),
  response: Type.Object(
    { tenant_usages, tenant_usages_links: Type.Optional(Type.Array(linkSchema)) },
    closed,
  ),
  errors: [...shared.errors, pagingErrors.markerNotFound],
  handle: async (service, call) => {
    const nowMs = service.clock.nowMs();
    const period = readPeriod(call.query, nowMs);
    const asked = { period, projectId: null, detailed: call.query.detailed === '1' };
    const page = readPage(call);
    const found = await readUsagePage(service, asked, page);
    if (!found) throw pagingErrors.markerNotFound({ marker: page.marker ?? '' });
    const context = usageContext(nowMs, call.version);
    const path = 'os-simple-tenant-usage';
    const links = nextLinks(call, path, found.hasMore, found.lastServerId);
    return {
      tenant_usages: found.usages.map((one) => usageWire.render(one, call.version, context)),
      ...(links && { tenant_usages_links: links }),
    };
  },
});

export const listUsage = [listWhole, listPaged];
