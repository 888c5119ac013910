import { Type } from 'typebox';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { readUsageAudit, type UsageAudit } from '#compute/usage/audit.ts';
import { auditErrors } from '#compute/usage/audit-errors.ts';
import { readDay } from './day.ts';

const closed = { additionalProperties: false };
const text = Type.String();
const integer = Type.Integer();

const entry = Type.Object(
  { state: text, instances: integer, errors: integer, message: text },
  closed,
);

const audit = Type.Object(
  {
    period_beginning: text,
    period_ending: text,
    num_hosts: integer,
    num_hosts_done: integer,
    num_hosts_running: integer,
    num_hosts_not_run: integer,
    hosts_not_run: Type.Array(text),
    total_instances: integer,
    total_errors: integer,
    overall_status: text,
    log: Type.Record(Type.String(), entry),
  },
  closed,
);

const shared = {
  method: 'GET',
  requires: ['ecs:usageAudits:list'],
  query: noQuery,
  status: 200,
} as const;

export const listUsageAudit = endpoint({
  ...shared,
  path: '/os-instance_usage_audit_log',
  summary: 'Shows how far the audit of the last month is.',
  response: Type.Object({ instance_usage_audit_logs: audit }, closed),
  handle: async (service) => {
    const found = await readUsageAudit(service, service.clock.nowMs());
    return { instance_usage_audit_logs: render(found) };
  },
});

export const showUsageAudit = endpoint({
  ...shared,
  path: '/os-instance_usage_audit_log/{before}',
  summary: 'Shows how far the audit of the month before a time is.',
  response: Type.Object({ instance_usage_audit_log: audit }, closed),
  errors: [auditErrors.timeMalformed],
  handle: async (service, call) => {
    const found = await readUsageAudit(service, readDay(call.params.before));
    return { instance_usage_audit_log: render(found) };
  },
});

function render({ period, hostsNotRun }: UsageAudit): object {
  const count = hostsNotRun.length;
  return {
    period_beginning: plain(period.startMs),
    period_ending: plain(period.stopMs),
    num_hosts: count,
    num_hosts_done: 0,
    num_hosts_running: 0,
    num_hosts_not_run: count,
    hosts_not_run: hostsNotRun,
    total_instances: 0,
    total_errors: 0,
    overall_status: `0 of ${count} hosts done. 0 errors.`,
    log: {},
  };
}

/** `2026-01-01 00:00:00`. */
function plain(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
