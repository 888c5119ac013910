import { Type } from 'typebox';
import { listProjects } from '../../../projects/list.ts';
import { listAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import {
  isTrue,
  listBody,
  nameParameters,
  namesAsked,
  pageParameters,
  pageRequest,
} from '../lists.ts';
import { projectBody, projectSchema } from './wire.ts';

const TagList = Type.Optional(Type.String({ minLength: 1, maxLength: 4096 }));

function listed(text: string | undefined): string[] | undefined {
  return text?.split(',').filter((tag) => tag !== '');
}

export const listProjectsEndpoint = endpoint({
  method: 'GET',
  path: '/projects',
  summary: "List projects: an administrator's view of all, anyone's of their own.",
  requires: [],
  query: Type.Object({
    ...nameParameters,
    domain_id: Type.Optional(Type.String()),
    parent_id: Type.Optional(Type.String()),
    enabled: Type.Optional(Type.String()),
    is_domain: Type.Optional(Type.String()),
    tags: TagList,
    'tags-any': TagList,
    'not-tags': TagList,
    'not-tags-any': TagList,
    ...pageParameters,
  }),
  status: 200,
  response: listAnswer('projects', projectSchema),
  handle: async (service, call) => {
    const { domain_id: domainId, parent_id: parentId, enabled } = call.query;
    const isDomain = isTrue(call.query.is_domain) ?? false;
    const filters = {
      ...namesAsked(call.query),
      isDomain,
      domainId,
      parentId,
      isEnabled: isTrue(enabled),
      tags: {
        all: listed(call.query.tags),
        any: listed(call.query['tags-any']),
        notAll: listed(call.query['not-tags']),
        none: listed(call.query['not-tags-any']),
      },
    };
    const page = await listProjects(service, call.actor, filters, pageRequest(call.query));
    return listBody(call, '/projects', 'projects', page, projectBody);
  },
});
