import { globMatches } from './globs.ts';

/** What statements can name one of: `ecs:*:*:instance:<id>` is one server. */
interface TypeRow {
  service: string;
  /** The first segments of the actions that are about such things. */
  kinds: readonly string[];
  /** What nobody may be denied for one that a call uses by the way: a port for a new card. */
  uses: readonly string[];
  /** `g:ResourceTag` can hold for it. */
  hasTags: boolean;
}

/** The second segments of actions that are about servers. */
const serverKinds = [
  ...['servers', 'serverActions', 'serverDiagnostics', 'serverInterfaces', 'serverMigrations'],
  ...['serverPasswords', 'serverShares', 'serverVolumes', 'serverVolumeAttachments'],
  ...['cloudServers', 'cloudServerNics', 'securityGroups'],
].map((kind) => `ecs:${kind}`);

function row(service: string, kinds: readonly string[], uses: string, hasTags = false): TypeRow {
  return { service, kinds, uses: uses.split(' '), hasTags };
}

const rows = {
  instance: row('ecs', serverKinds, 'ecs:servers:get', true),
  flavor: row(
    'ecs',
    ['ecs:flavors', 'ecs:flavorAccess', 'ecs:cloudServerFlavors'],
    'ecs:flavors:get',
  ),
  keypair: row('ecs', ['ecs:serverKeypairs'], 'ecs:serverKeypairs:get'),
  serverGroup: row('ecs', ['ecs:serverGroups'], 'ecs:serverGroups:get'),
  image: row('ims', ['ims:images'], 'ims:images:get', true),
  // Compute has reads of its own for them, which old clients use.
  network: row('vpc', ['vpc:networks', 'ecs:networks'], 'vpc:networks:get'),
  subnet: row('vpc', ['vpc:subnets'], 'vpc:subnets:get'),
  port: row('vpc', ['vpc:ports'], 'vpc:ports:get vpc:ports:update'),
  router: row('vpc', ['vpc:routers'], 'vpc:routers:get'),
  securityGroup: row('vpc', ['vpc:securityGroups'], 'vpc:securityGroups:get'),
  securityGroupRule: row('vpc', ['vpc:securityGroupRules'], 'vpc:securityGroupRules:get'),
  floatingIp: row('vpc', ['vpc:floatingIps', 'vpc:publicIps'], 'vpc:floatingIps:get'),
  // Their calls are declared and not served yet.
  volume: row('evs', ['evs:volumes'], 'evs:volumes:get'),
} as const satisfies Record<string, TypeRow>;

export type ResourceType = keyof typeof rows;

export const resourceTypes = Object.keys(rows) as readonly ResourceType[];

export function serviceOfType(type: ResourceType): string {
  return rows[type].service;
}

/**
 * What whoever uses such a thing by the way must not be denied for it.
 * @param isRead the call looks and changes nothing
 */
export function usesOf(type: ResourceType, isRead: boolean): readonly string[] {
  return isRead ? rows[type].uses.slice(0, 1) : rows[type].uses;
}

/** The first segments of the actions that are about such things, as they are written. */
export function kindsOf(type: ResourceType): readonly string[] {
  return rows[type].kinds;
}

export function isTagged(type: ResourceType): boolean {
  return rows[type].hasTags;
}

const typesByKind: ReadonlyMap<string, ResourceType> = new Map(
  resourceTypes.flatMap((type) =>
    rows[type].kinds.map((kind): [string, ResourceType] => [kind.toLowerCase(), type]),
  ),
);

/** `ims:images:get` is about images. Undefined: about nothing that statements can name one of. */
export function typeOfAction(action: string): ResourceType | undefined {
  const kind = action.toLowerCase().split(':', 2).join(':');
  return typesByKind.get(kind);
}

/** Whether what is told of a thing, by its whole name, is to the point: a port is no server. */
export function isAbout(action: string, resource: string): boolean {
  const type = typeOfAction(action);
  return type !== undefined && resource.startsWith(`${rows[type].service}:`)
    ? resource.split(':')[3] === type
    : false;
}

/** The types that `service:region:domain:type:path` can mean; wildcards are for several. */
export function typesNamedBy(pattern: string): ResourceType[] {
  const [service = '', , , named = ''] = pattern.toLowerCase().split(':');
  return resourceTypes.filter(
    (type) => globMatches(service, rows[type].service) && globMatches(named, type.toLowerCase()),
  );
}
