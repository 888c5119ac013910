import { Type } from 'typebox';
import { identityErrors } from '../../../errors.ts';
import { listRevocations } from '../../../revocations/list.ts';
import { listAnswer, text } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { wholeListBody } from '../lists.ts';
import { isoMicrosZulu } from '../times.ts';

const optional = Type.Optional(text);

const eventSchema = Type.Object(
  {
    audit_id: optional,
    user_id: optional,
    project_id: optional,
    domain_id: optional,
    'OS-TRUST:trust_id': optional,
    issued_before: text,
    revoked_at: text,
  },
  { additionalProperties: false },
);

/** Services here need not ask: a token is looked up. Those elsewhere that cache tokens may. */
export const listRevocationEvents = endpoint({
  method: 'GET',
  path: '/OS-REVOKE/events',
  summary: 'List which tokens ended early, for services that remember tokens themselves.',
  requires: ['identity:revocationEvents:list'],
  query: Type.Object({ since: Type.Optional(Type.String()) }),
  status: 200,
  response: listAnswer('events', eventSchema),
  errors: [identityErrors.invalid],
  handle: async (service, call) => {
    const events = await listRevocations(service, sinceMs(call.query.since));
    const bodies = events.map(({ about, revokedMs }) => ({
      ...(about.auditId !== undefined && { audit_id: about.auditId }),
      ...(about.userId !== undefined && { user_id: about.userId }),
      ...(about.projectId !== undefined && { project_id: about.projectId }),
      ...(about.domainId !== undefined && { domain_id: about.domainId }),
      ...(about.trustId !== undefined && { 'OS-TRUST:trust_id': about.trustId }),
      issued_before: isoMicrosZulu(revokedMs),
      revoked_at: isoMicrosZulu(revokedMs),
    }));
    return wholeListBody(call, '/OS-REVOKE/events', 'events', bodies);
  },
});

function sinceMs(text: string | undefined): number {
  if (text === undefined) return 0;
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/.test(text);
  const ms = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  if (isTime && Number.isFinite(ms)) return ms;
  throw identityErrors.invalid({ reason: 'The parameter since is no date and time.' });
}
