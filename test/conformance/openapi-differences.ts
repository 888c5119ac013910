/** Where we differ from the published document, and why. This list may only become shorter. */
export interface ExplainedDifference {
  is: RegExp;
  why: string;
}

/** The samples, which are of real answers, decide in all of these; see `samples.test.ts`. */
const answers: readonly ExplainedDifference[] = [
  {
    is: /^(GET|PUT) \/servers\/\{server_id\}: answer has server\.(OS-|os-ext|config_drive|key_name|sec)/,
    why: 'it notes at the attributes of servers when updates began to show them, not when reads did',
  },
  {
    is: /\/servers.*: answer has servers?(\[\])?\.(os:scheduler_hints|OS-EXT-SERVICE:\S*|group|OS-EXT-SRV-ATTR:root_device_name|tags) /,
    why: 'members that the ECS reference of 2017 shows on v2 only',
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
    is: /\/os-instance-actions\S*: answer (lacks (instanceActions\[\]\.events|links)|has instanceActions?(\[\])?\.(instance_uuid|events) )/,
    why: 'it describes the list by the shape of one action, and some members in later versions only',
  },
  {
    is: /\/flavors\S*: answer has flavors?(\[\])?\.(OS-FLV-DISABLED:disabled|description) /,
    why: 'it leaves them out; the samples have them',
  },
  {
    is: /^POST \/os-keypairs: answer lacks keypair\.(deleted|created_at|deleted_at|updated_at|id) /,
    why: 'it describes creation by the shape of a later read',
  },
  {
    is: /^POST \/os-keypairs: answer has keypair\.private_key \(2\.92/,
    why: 'declared as optional, and never there since nothing is generated',
  },
  { is: /^GET \/limits: answer /, why: 'it leaves out the object around the limits' },
  {
    is: /^(GET|PUT) \/os-quota-(class-)?sets\/\S+: answer /,
    why: 'it has figures of networks too long, those of files by wrong names, and the rest too short',
  },
  {
    is: /\/os-server-groups\S*: answer (lacks \S+\.rules\.max_server_per_host|has \S+\.project_id) /,
    why: 'rules came with 2.64, which it notes one level higher only; v2 shows the project always',
  },
  {
    is: /\/os-aggregates\S*: answer (has aggregates?(\[\])?\.name|lacks aggregate\.(metadata|hosts)) /,
    why: 'it leaves out the name, and takes creation for a read',
  },
  { is: /^GET \/extensions\S*: answer lacks \S*links\[\]/, why: 'the lists of links are empty' },
  {
    is: /^GET \/servers\/\{server_id\}\/os-security-groups: answer has \S+\.group\.tenant_id /,
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
  {
    is: /^PUT \/os-quota-(class-)?sets\/\S+: body lacks \S+\.networks /,
    why: 'a quota of nova-network, which is not counted here',
  },
];

const others: readonly ExplainedDifference[] = [
  {
    is: /: status (200|201) /,
    why: 'it takes 201 or 202 for all that is created or done; Nova answers these with 200, and a new tag with 201',
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
  ...requests,
  ...others,
];
