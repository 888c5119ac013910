import { Type } from 'typebox';
import { type LinkBases, linksSchema, resourceLinks } from '#compute/api/links.ts';
import type { Flavor } from '#compute/flavors/flavor.ts';
import { Wire, type WireField } from '#endpoints/wire.ts';

type Field = WireField<Flavor, LinkBases>;

const id: Field = { name: 'id', schema: Type.String(), value: (flavor) => flavor.id };
const name: Field = { name: 'name', schema: Type.String(), value: (flavor) => flavor.name };
const links: Field = {
  name: 'links',
  schema: linksSchema,
  value: (flavor, bases) => resourceLinks(bases, 'flavors', flavor.id),
};
const description: Field = {
  name: 'description',
  schema: Type.Union([Type.String(), Type.Null()]),
  since: '2.55',
  value: (flavor) => flavor.description,
};

/** A flavor as the short list shows it. */
export const flavorSummaryWire = new Wire<Flavor, LinkBases>([id, links, name, description]);

/** A flavor as it is shown whole, in every microversion. */
export const flavorWire = new Wire<Flavor, LinkBases>([
  {
    name: 'OS-FLV-DISABLED:disabled',
    schema: Type.Boolean(),
    until: '2.101',
    value: (flavor) => flavor.isDisabled,
  },
  { name: 'disk', schema: Type.Integer(), value: (flavor) => flavor.diskGib },
  {
    name: 'OS-FLV-EXT-DATA:ephemeral',
    schema: Type.Integer(),
    value: (flavor) => flavor.ephemeralGib,
  },
  {
    name: 'os-flavor-access:is_public',
    schema: Type.Boolean(),
    value: (flavor) => flavor.isPublic,
  },
  id,
  links,
  name,
  { name: 'ram', schema: Type.Integer(), value: (flavor) => flavor.memoryMib },
  {
    name: 'swap',
    until: '2.74',
    schema: Type.Union([Type.Integer(), Type.Literal('')]),
    value: (flavor) => flavor.swapMib || '',
  },
  { name: 'swap', since: '2.75', schema: Type.Integer(), value: (flavor) => flavor.swapMib },
  { name: 'vcpus', schema: Type.Integer(), value: (flavor) => flavor.vcpus },
  {
    name: 'rxtx_factor',
    schema: Type.Number(),
    until: '2.101',
    value: (flavor) => flavor.rxtxFactor,
  },
  description,
  {
    name: 'extra_specs',
    since: '2.61',
    schema: Type.Record(Type.String(), Type.String()),
    value: (flavor) => flavor.extraSpecs,
  },
]);

/** The answer of the endpoints that show one flavor. */
export const flavorAnswer = Type.Object(
  { flavor: flavorWire.schema },
  { additionalProperties: false },
);
