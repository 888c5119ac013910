import type { ExplainedDifference } from './openapi-differences.ts';

/** Calls for which somebody else is needed; `test/api/identity` plays them. */
export const playedElsewhere: readonly string[] = [
  // A provider's token: federation.test.ts.
  'GET /OS-FEDERATION/identity_providers/{}/protocols/{}/auth',
  'HEAD /OS-FEDERATION/identity_providers/{}/protocols/{}/auth',
  'POST /OS-FEDERATION/identity_providers/{}/protocols/{}/auth',
  // A signature: ec2-credentials.test.ts, s3-tokens.test.ts.
  'POST /ec2tokens',
  'POST /s3tokens',
  // A form and no token: oauth2.test.ts.
  'POST /OS-OAUTH2/token',
];

/** Where answers differ from the published document. This list may only become shorter. */
export const explainedAnswers: readonly ExplainedDifference[] = [
  {
    is: /\/(description|\w+_expires_at|\w+_ttl|\w+_attribute) must be (string|integer)$/,
    why: 'Keystone gives null where nothing is said, which the document leaves out',
  },
  { is: /\/links must be array$/, why: 'Keystone has an object of links, as elsewhere there' },
  {
    is: /\/(roles\/\[\]|access_rules\/\[\]|access_rule) must NOT have additional properties$/,
    why: 'Keystone shows links, and domains of roles, which the document leaves out',
  },
  {
    is: /\/config\S*: {2}must match exactly one schema in oneOf$/,
    why: 'parts of a configuration fit both of its alternatives, as each takes any member',
  },
  {
    is: /\/default: \/config\/ldap\/user_tree_dn must be string$/,
    why: "Keystone's default is null",
  },
];
