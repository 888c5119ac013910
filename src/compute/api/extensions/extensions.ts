import { defineError } from '#base/errors.ts';

/** A part of the API, from the days when it was put together from extensions. */
export interface Extension {
  alias: string;
  name: string;
  description: string;
}

/** Those that are here, by the names Nova has for them; clients look up what they may use. */
export const extensions: readonly Extension[] = [
  { alias: 'OS-DCF', name: 'DiskConfig', description: 'Disk Management Extension.' },
  {
    alias: 'OS-EXT-AZ',
    name: 'ExtendedAvailabilityZone',
    description: 'Extended Availability Zone support.',
  },
  { alias: 'OS-EXT-STS', name: 'ExtendedStatus', description: 'Extended Status support.' },
  {
    alias: 'OS-FLV-DISABLED',
    name: 'FlavorDisabled',
    description: 'Support to show the disabled status of a flavor.',
  },
  {
    alias: 'OS-FLV-EXT-DATA',
    name: 'FlavorExtraData',
    description: 'Provide additional data for flavors.',
  },
  {
    alias: 'os-attach-interfaces',
    name: 'AttachInterfaces',
    description: 'Attach interface support.',
  },
  {
    alias: 'os-availability-zone',
    name: 'AvailabilityZone',
    description: 'Availability Zone support.',
  },
  { alias: 'os-config-drive', name: 'ConfigDrive', description: 'Config Drive Extension.' },
  { alias: 'os-console-output', name: 'ConsoleOutput', description: 'Console log output support.' },
  { alias: 'os-flavor-access', name: 'FlavorAccess', description: 'Flavor access support.' },
  {
    alias: 'os-flavor-extra-specs',
    name: 'FlavorExtraSpecs',
    description: 'Flavors extra specs support.',
  },
  {
    alias: 'os-flavor-manage',
    name: 'FlavorManage',
    description: 'Flavor create/delete API support.',
  },
  {
    alias: 'os-flavor-rxtx',
    name: 'FlavorRxtx',
    description: 'Support to show the rxtx status of a flavor.',
  },
  {
    alias: 'os-flavor-swap',
    name: 'FlavorSwap',
    description: 'Support to show the swap status of a flavor.',
  },
  { alias: 'os-keypairs', name: 'Keypairs', description: 'Keypair Support.' },
  {
    alias: 'os-quota-class-sets',
    name: 'QuotaClasses',
    description: 'Quota classes management support.',
  },
  { alias: 'os-quota-sets', name: 'Quotas', description: 'Quotas management support.' },
  {
    alias: 'os-used-limits',
    name: 'UsedLimits',
    description: 'Provide data on limited resources that are being used.',
  },
  {
    alias: 'os-user-data',
    name: 'UserData',
    description: 'Add user_data to the Create Server API.',
  },
];

export const extensionUnknown = defineError<{ alias: string }>({
  code: 'ExtensionNotFound',
  kind: 'not-found',
  message: ({ alias }) => `Extension ${alias} could not be found.`,
});

/** The other members were made up by Nova, too, once extensions had come to an end. */
export function extensionWire(extension: Extension): object {
  return {
    ...extension,
    links: [],
    namespace: 'http://docs.openstack.org/compute/ext/fake_xml',
    updated: '2014-12-03T00:00:00Z',
  };
}
