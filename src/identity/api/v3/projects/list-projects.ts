import { Type } from 'typebox';
import { listProjects } from '../../../projects/list.ts';
import { endpoint } from '../../endpoint.ts';
import { isTrue, listBody, pageParameters, pageRequest } from '../lists.ts';
import { projectBody } from './wire.ts';

export const listProjectsEndpoint = endpoint({
  method: 'GET',
  path: '/projects',
  summary: "List projects: an administrator's view of all, anyone's of their own.",
  requires: [],
  query: Type.Object({
    name: Type.Optional(Type.String()),
    domain_id: Type.Optional(Type.String()),
    parent_id: Type.Optional(Type.String()),
    enabled: Type.Optional(Type.String()),
    is_domain: Type.Optional(Type.String()),
    ...pageParameters,
  }),
  status: 200,
  handle: async (service, call) => {
    const { name, domain_id: domainId, parent_id: parentId, enabled } = call.query;
    const isDomain = isTrue(call.query.is_domain) ?? false;
    const filters = { isDomain, name, domainId, parentId, isEnabled: isTrue(enabled) };
    const page = await listProjects(service, call.actor, filters, pageRequest(call.query));
    return listBody(call, '/projects', 'projects', page, projectBody);
  },
});
