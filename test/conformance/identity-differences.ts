import type { ExplainedDifference } from './openapi-differences.ts';

const created =
  'the document has the status of a GET; Keystone answers 201 where something is made';
const empty = 'Keystone answers 204 to what has no body';
const bare = 'the document leaves out the member around it';
const kept = 'members that Keystone does not know are kept, and so is this one';
const ofPath = 'it follows from the path, and one that differs from it is refused';

/** Where declarations differ from the published document. This list may only become shorter. */
export const explainedIdentityDifferences: readonly ExplainedDifference[] = [
  { is: /^POST \S+: status 201$/, why: created },
  { is: /^GET \/OS-FEDERATION\/\S+\/auth: status 201$/, why: created },
  { is: /^(PUT|GET) \S+: status 204$/, why: empty },
  { is: /^PUT \/projects\/\{\}\/tags: status 200$/, why: 'Keystone replaces tags by 200' },
  { is: /^GET \/OS-SIMPLE-CERT\/\S+: status 410$/, why: 'as Keystone since PKI tokens are gone' },
  { is: /^GET \/auth\/tokens\/OS-PKI\/revoked: status 403$/, why: 'as Keystone by default' },
  { is: /\/config\/security_compliance\S*: not published$/, why: 'Keystone has it' },
  { is: /\/roles\/inherited_to_projects: not published$/, why: 'Keystone has it' },
  { is: /\/credentials\/OS-EC2\S*: not published$/, why: 'Keystone has it' },
  { is: /^(POST|PATCH) \/domains\S*: body lacks (description|enabled|name|tags)$/, why: bare },
  { is: /\/config\/\{\}\S*: body lacks (driver|url|user_tree_dn)$/, why: bare },
  {
    is: /\/config: body lacks config\.\w+/,
    why: 'options are a table, in code rather than schema',
  },
  {
    is: /: body lacks (user|group|project|role|service|endpoint|region)\.(id|links)$/,
    why: ofPath,
  },
  { is: /: body lacks region\.parent_id$/, why: 'Keystone calls it parent_region_id' },
  { is: /: body lacks user\.description$/, why: kept },
  {
    is: /: body lacks user\.federated/,
    why: 'who somebody is at a provider is what the provider says at a log-in, nothing to type in',
  },
  {
    is: /: body lacks mapping\.rules\[\]\.local\[\]\.(user\.email|projects|group_ids)/,
    why: 'mappings give users and groups; they make no projects',
  },
  { is: /^GET \/users: query lacks id$/, why: 'Keystone has no such filter' },
  { is: /^GET \/services: query lacks service$/, why: 'Keystone filters by name and type' },
];
