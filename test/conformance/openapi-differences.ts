/** Where we differ from the published document, and why. This list may only become shorter. */
export interface ExplainedDifference {
  is: RegExp;
  why: string;
}

/** The samples, which are of real answers, decide in all of these; see `samples.test.ts`. */
const answers: readonly ExplainedDifference[] = [
  {
    is: /^(GET|PUT) \/servers\/\{server_id\}: answer has server\.(OS-|os-ext|co|key_name|sec)/,
    why: 'it notes when updates began to show these, not when reads did',
  },
  {
    is: /^PUT \/servers\/\{server_id\}: answer lacks \S+ \(2\.\d+ to 2\.73\)$/,
    why: 'it notes when reads began to show these; updates do since 2.75',
  },
  {
    is: /: answer has servers?(\[\])?\.(os:scheduler_hints|OS-EXT-SERVICE:\S*|group|tags) /,
    why: 'members that the ECS reference of 2017 shows',
  },
  {
    is: /: answer has servers?(\[\])?\.(locked_reason|pinned_availability_zone) /,
    why: 'it leaves them out; the samples have them',
  },
  {
    is: /: answer lacks servers?(\[\])?\.flavor\.links\[\]/,
    why: 'the link was replaced by the whole flavor in 2.47, which it notes one level higher only',
  },
  {
    is: /^GET \/servers\/detail: answer lacks servers\[\]\.server_groups /,
    why: 'lists never show groups; only one server does',
  },
  { is: /: answer has servers?(\[\])?\.links/, why: 'it leaves the links out' },
  { is: /: answer has (flavors|keypairs|servers)_links/, why: 'it leaves out links to next pages' },
  {
    is: /\/os-instance-actions: answer lacks (instanceActions\[\]\.events|links)/,
    why: 'it describes the list by the shape of one action',
  },
  {
    is: /: answer has instanceActions?(\[\])?\.(instance_uuid|events) /,
    why: 'it has them in later versions only; the samples have them in all',
  },
  {
    is: /\/flavors\S*: answer has flavors?(\[\])?\.(OS-FLV-DISABLED:disabled|description) /,
    why: 'it leaves them out; the samples have them',
  },
  {
    is: /^POST \/os-keypairs: answer lacks keypair\.(deleted|created_at|deleted_at|updated_at|id) /,
    why: 'it describes creation by the shape of a later read',
  },
  { is: /^GET \/limits: answer /, why: 'it leaves out the object around the limits' },
  {
    is: /^(GET|PUT) \/os-quota-(class-)?sets\/\S+: answer /,
    why: 'it has networks too long, files by wrong names, and the rest too short',
  },
  {
    is: /\/os-server-groups\S*: answer lacks \S+\.rules\.max_server_per_host /,
    why: 'rules came with 2.64, which it notes one level higher only',
  },
  {
    is: /\/os-server-groups\S*: answer has \S+\.project_id /,
    why: 'v2 shows the project always, as the ECS reference of 2017 does',
  },
  {
    is: /: answer has aggregates?(\[\])?\.name /,
    why: 'it leaves it out; the samples have it',
  },
  {
    is: /^POST \/os-aggregates: answer lacks aggregate\.(metadata|hosts) /,
    why: 'it takes creation for a read',
  },
  { is: /^GET \/extensions\S*: answer lacks \S*links\[\]/, why: 'the lists of links are empty' },
  {
    is: /^GET \/servers\/\{server_id\}\/os-security-groups: answer has \S+\.group\.tenant_id /,
    why: 'it leaves it out; the samples have it',
  },
];

/** Of what administrators read of hosts and of what servers do there. */
const hostAnswers: readonly ExplainedDifference[] = [
  {
    is: /^GET \/servers\/\{server_id\}\/diagnostics: answer lacks (id|name|nic_details)/,
    why: 'it notes the version one level higher only, and takes in id and name from elsewhere',
  },
  {
    is: /\/topology: answer (has|lacks) (nodes\[\]\.)?pagesize_kb /,
    why: 'it has the page size in each node; the samples have it once, beside them',
  },
  {
    is: /^GET \/os-hypervisors\S*: answer (has|lacks) hypervisors?_links/,
    why: 'it leaves out a letter of the name; the samples have it',
  },
  {
    is: /^GET \/os-hypervisors\S*: answer (has|lacks) \S+\.(servers\[\]\.(uuid|name)|id) /,
    why: 'it notes versions one level higher only, or the UUIDs that numbers became in 2.53',
  },
  {
    is: /^GET \/os-hypervisors\/\S+: answer lacks \S+\.uptime \(2\.87 to 2\.87\)$/,
    why: 'the uptime came with 2.88',
  },
  {
    is: /\/os-services\S*: answer lacks \S+\.name /,
    why: 'no service has a name; the samples show none',
  },
  {
    is: /^PUT \/os-services\/\S+: answer lacks service\.\S+ \(2\.1 to 2\.52\)$/,
    why: 'it takes the short answers until 2.52 for the whole ones since',
  },
  {
    is: /^GET \/os-migrations: answer (lacks migrations_links|has migrations\[\]\.links)/,
    why: 'it leaves out the links of a migration; the samples have them',
  },
  {
    is: /^GET \/os-simple-tenant-usage\S*: answer (lacks|has) tenant_usages?/,
    why: 'it has the list for one project as well, and notes versions one level higher only',
  },
  {
    is: /^GET \/os-instance_usage_audit_log\S*: answer (lacks|has) /,
    why: 'it leaves out the object around the figures',
  },
  {
    is: /^POST \/os-server-external-events: answer has events\[\]\.code /,
    why: 'it leaves it out; the samples have it',
  },
];

const requests: readonly ExplainedDifference[] = [
  {
    is: /: body has \S*scheduler_hints\.(tenancy|dedicated_host_id) /,
    why: 'hints of the ECS reference of 2017',
  },
  {
    is: /^GET \/limits: query has reserved /,
    why: "Nova's reference of requests has it, the document does not",
  },
];

const others: readonly ExplainedDifference[] = [
  { is: /\/shares\S*: not published$/, why: 'it ends with 2.96; shares came with 2.97' },
  {
    is: /: status (200|201) /,
    why: 'it takes 201 or 202 for what is created or done; Nova answers 200, a new tag 201',
  },
  {
    is: /: status 400 /,
    why: 'Nova refuses these in every version; a refusal is not in its list of successes',
  },
  {
    is: /^PUT \/flavors\/\{flavor_id\}: not served \(2\.1 /,
    why: 'it has no version; 2.55 brought it',
  },
];

export const explainedDifferences: readonly ExplainedDifference[] = [
  ...answers,
  ...hostAnswers,
  ...requests,
  ...others,
];
