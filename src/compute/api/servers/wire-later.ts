import { Type } from 'typebox';
import { type HintLists, readHints } from '#compute/servers/hints.ts';
import { type Field, forAdmins } from './wire-context.ts';
import { text, textMap, textOrNull } from './wire-schemas.ts';

/** What came after 2.1, except what only some of the answers show. */
export const laterFields: readonly Field[] = [
  {
    name: 'OS-EXT-SRV-ATTR:hostname',
    schema: text,
    optional: true,
    since: '2.3',
    until: '2.89',
    value: forAdmins(({ server }) => server.hostname),
  },
  {
    name: 'OS-EXT-SRV-ATTR:hostname',
    schema: text,
    since: '2.90',
    value: ({ server }) => server.hostname,
  },
  {
    name: 'OS-EXT-SRV-ATTR:reservation_id',
    schema: text,
    optional: true,
    since: '2.3',
    value: forAdmins(({ server }) => server.reservationId),
  },
  {
    name: 'OS-EXT-SRV-ATTR:launch_index',
    schema: Type.Integer(),
    optional: true,
    since: '2.3',
    value: forAdmins(({ server }) => server.launchIndex),
  },
  {
    name: 'OS-EXT-SRV-ATTR:kernel_id',
    schema: text,
    optional: true,
    since: '2.3',
    value: forAdmins(() => ''),
  },
  {
    name: 'OS-EXT-SRV-ATTR:ramdisk_id',
    schema: text,
    optional: true,
    since: '2.3',
    value: forAdmins(() => ''),
  },
  {
    name: 'OS-EXT-SRV-ATTR:root_device_name',
    schema: textOrNull,
    optional: true,
    since: '2.3',
    value: forAdmins(() => '/dev/vda'),
  },
  {
    name: 'OS-EXT-SRV-ATTR:user_data',
    schema: textOrNull,
    optional: true,
    since: '2.3',
    value: forAdmins(({ server }) => server.userData),
  },
  { name: 'locked', schema: Type.Boolean(), since: '2.9', value: ({ server }) => server.isLocked },
  {
    name: 'host_status',
    schema: text,
    optional: true,
    since: '2.16',
    value: forAdmins(({ hostStatus }) => hostStatus),
  },
  {
    name: 'description',
    schema: textOrNull,
    since: '2.19',
    value: ({ server }) => server.description,
  },
  { name: 'tags', schema: Type.Array(text), since: '2.26', value: ({ tags }) => tags },
  {
    name: 'trusted_image_certificates',
    schema: Type.Union([Type.Array(text), Type.Null()]),
    since: '2.63',
    value: ({ server }) => server.trustedCertificates,
  },
  {
    name: 'locked_reason',
    schema: textOrNull,
    since: '2.73',
    value: ({ server }) => server.lockedReason,
  },
  {
    name: 'pinned_availability_zone',
    schema: textOrNull,
    since: '2.96',
    value: ({ server }) => server.pinnedZone,
  },
  {
    name: 'os:scheduler_hints',
    schema: textMap,
    optional: true,
    until: '2.99',
    value: ({ server }) => tenancyHints(server.schedulerHints),
  },
  {
    name: 'scheduler_hints',
    schema: Type.Record(Type.String(), Type.Array(text)),
    since: '2.100',
    value: ({ server }) => server.schedulerHints,
  },
];

/** The reference's 4.8 shows what table 4-8 says is there to be queried; Nova knows neither. */
export function tenancyHints(hints: HintLists): Record<string, string> | undefined {
  const { tenancy, dedicatedHostId } = readHints(hints);
  if (tenancy === null) return undefined;
  return { tenancy, ...(dedicatedHostId !== null && { dedicated_host_id: dedicatedHostId }) };
}
