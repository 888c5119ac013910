import { type LinkBases, resourceLinks } from '#compute/api/links.ts';
import type { Flavor } from '#compute/flavors/flavor.ts';
import { Wire, type WireField } from '#endpoints/wire.ts';

type Field = WireField<Flavor, LinkBases>;

const id: Field = { name: 'id', value: (flavor) => flavor.id };
const name: Field = { name: 'name', value: (flavor) => flavor.name };
const links: Field = {
  name: 'links',
  value: (flavor, bases) => resourceLinks(bases, 'flavors', flavor.id),
};
const description: Field = {
  name: 'description',
  since: '2.55',
  value: (flavor) => flavor.description,
};

/** A flavor as the short list shows it. */
export const flavorSummaryWire = new Wire<Flavor, LinkBases>([id, links, name, description]);

/** A flavor as it is shown whole, in every microversion. */
export const flavorWire = new Wire<Flavor, LinkBases>([
  { name: 'OS-FLV-DISABLED:disabled', value: (flavor) => flavor.isDisabled },
  { name: 'disk', value: (flavor) => flavor.diskGib },
  { name: 'OS-FLV-EXT-DATA:ephemeral', value: (flavor) => flavor.ephemeralGib },
  { name: 'os-flavor-access:is_public', value: (flavor) => flavor.isPublic },
  id,
  links,
  name,
  { name: 'ram', value: (flavor) => flavor.memoryMib },
  { name: 'swap', until: '2.74', value: (flavor) => flavor.swapMib || '' },
  { name: 'swap', since: '2.75', value: (flavor) => flavor.swapMib },
  { name: 'vcpus', value: (flavor) => flavor.vcpus },
  { name: 'rxtx_factor', value: (flavor) => flavor.rxtxFactor },
  description,
  { name: 'extra_specs', since: '2.61', value: (flavor) => flavor.extraSpecs },
]);
