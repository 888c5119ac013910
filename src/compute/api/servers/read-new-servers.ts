import type { Static } from 'typebox';
import { withinRange } from '#base/microversion.ts';
import { computeErrors } from '#compute/errors.ts';
import { serverErrors } from '#compute/servers/errors.ts';
import {
  type InjectedFile,
  type NetworkWish,
  type NewServers,
  type PlaceWish,
  parsePlace,
} from '#compute/servers/new-servers.ts';
import type { Call } from '#endpoints/endpoint.ts';
import type { createBody } from './create-body.ts';
import { readDevices } from './create-devices.ts';
import { readHintLists } from './create-hints.ts';
import { isBase64, isTrue } from './fields.ts';

type Body = Static<typeof createBody>;
type Wanted = Body['server'];
export type CreateCall = Pick<Call<unknown, unknown, Body>, 'body' | 'version' | 'surface'>;

/** Before there were descriptions in the API, Nova took the name for one. */
const described = { since: '2.19' };

/** @throws what no schema can say, each a 400 */
export function readNewServers(call: CreateCall): NewServers {
  const { server: wanted } = call.body;
  const isReference = call.surface === 'compute-v2';
  const minCount = Number(wanted.min_count ?? 1);
  const imageId = lastSegment(wanted.imageRef ?? '') || null;
  const name = wanted.name.trim();
  return {
    ...readNames(wanted),
    name,
    imageId,
    imageIsResource: isReference,
    flavorId: lastSegment(String(wanted.flavorRef)),
    networks: readNetworks(wanted.networks, isReference),
    mayShareNetworks: !isReference,
    metadata: wanted.metadata ?? {},
    files: (wanted.personality ?? []).map(readFile),
    configDrive: isTrue(wanted.config_drive ?? undefined),
    place: readPlace(wanted),
    hints: readHintLists(
      call.body['os:scheduler_hints'] ?? call.body['OS-SCH-HNT:scheduler_hints'],
    ),
    devices: readDevices(wanted.block_device_mapping, wanted.block_device_mapping_v2, imageId),
    minCount,
    maxCount: Number(wanted.max_count ?? minCount),
    description: withinRange(call.version, described) ? (wanted.description ?? null) : name,
    diskConfig: wanted['OS-DCF:diskConfig'],
    tags: wanted.tags ?? [],
    trustedCertificates: wanted.trusted_image_certificates ?? null,
  };
}

function readNames(wanted: Wanted) {
  return {
    securityGroups: (wanted.security_groups ?? []).map((group) => group.name),
    keyName: wanted.key_name ?? undefined,
    userData: wanted.user_data ?? undefined,
    hostname: wanted.hostname,
    accessIpv4: wanted.accessIPv4 ?? '',
    accessIpv6: wanted.accessIPv6 ?? '',
    adminPass: wanted.adminPass,
  };
}

/** References may be ids or the whole address of the resource. */
/** The id that a reference is, or that its URI ends with. */
export function lastSegment(reference: string): string {
  return reference.split('/').at(-1) ?? reference;
}

/**
 * A port goes before network and address. The reference then ignores an address (4.2), Nova
 * refuses it; an address without a network is refused by both.
 */
function readNetworks(wanted: Wanted['networks'], isReference: boolean): NewServers['networks'] {
  if (wanted === undefined || typeof wanted === 'string') return wanted;
  if (wanted.length === 0) return undefined;
  return wanted.map((entry): NetworkWish => {
    const { port, uuid, fixed_ip: fixedIp, tag } = entry;
    const tagged = tag === undefined ? {} : { tag };
    if (port) {
      if (fixedIp !== undefined && !isReference) {
        throw serverErrors.fixedIpWithPort({ address: fixedIp, portId: port });
      }
      return { portId: port, ...tagged };
    }
    if (!uuid) throw serverErrors.networkMalformed();
    return { networkId: uuid, ...(fixedIp !== undefined && { fixedIp }), ...tagged };
  });
}

export function readFile({ path, contents }: { path?: string; contents?: string }): InjectedFile {
  if (!path || contents === undefined || !isBase64(contents)) throw serverErrors.fileMalformed();
  if (path.includes('\0')) throw serverErrors.fileMalformed();
  return { path, contents: contents.replaceAll(/\s/g, '') };
}

function readPlace(wanted: Wanted): PlaceWish {
  const named = parsePlace(wanted.availability_zone?.trim() ?? '');
  if (!named) throw serverErrors.zoneUnreadable();
  const { host, hypervisor_hostname: node } = wanted;
  if (!host && !node) return { ...named, isHostChecked: false };
  if (named.host !== null || named.node !== null) throw serverErrors.hostNamedTwice();
  return { zone: named.zone, host: host || null, node: node || null, isHostChecked: true };
}

/** At most so many that one transaction can take them. */
export function requireCounts({ minCount, maxCount }: NewServers, most: number): void {
  if (minCount > maxCount) throw computeErrors.countsInverted();
  if (maxCount > most) throw serverErrors.tooManyAtOnce();
}
