import { type Static, Type } from 'typebox';
import { parseBoolean } from '#compute/api/booleans.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { linkBasesOf } from '#compute/api/links.ts';
import { type NewFlavor, createFlavor as recordFlavor } from '#compute/flavors/create.ts';
import { flavorErrors } from '#compute/flavors/errors.ts';
import {
  factor,
  flavorDescription,
  flavorId,
  flavorName,
  readFactor,
  readWholeNumber,
  wholeNumber,
} from './fields.ts';
import { flavorAnswer, flavorWire } from './wire.ts';

const closed = { additionalProperties: false };

const body = Type.Object(
  {
    flavor: Type.Object(
      {
        name: flavorName,
        id: Type.Optional(flavorId),
        ram: wholeNumber,
        vcpus: wholeNumber,
        disk: wholeNumber,
        'OS-FLV-EXT-DATA:ephemeral': Type.Optional(wholeNumber),
        swap: Type.Optional(wholeNumber),
        rxtx_factor: Type.Optional(Type.Union(factor.anyOf, { until: '2.101' })),
        'os-flavor-access:is_public': Type.Optional(
          Type.Union([
            Type.Boolean(),
            Type.String({
              pattern:
                '^(?:[Tt]rue|TRUE|1|O[Nn]|on|[Yy]es|YES|[Ff]alse|FALSE|0|O(?:FF|ff)|off|[Nn]o|NO)$',
            }),
          ]),
        ),
        description: Type.Optional(Type.Union(flavorDescription.anyOf, { since: '2.55' })),
      },
      closed,
    ),
  },
  closed,
);

export const createFlavor = endpoint({
  method: 'POST',
  path: '/flavors',
  summary: 'Creates a flavor.',
  requires: ['ecs:flavors:create'],
  body,
  status: 200,
  response: flavorAnswer,
  errors: [flavorErrors.nameTaken, flavorErrors.idTaken, flavorErrors.numberOutOfRange],
  handle: async (service, call) => {
    const flavor = await recordFlavor(service, readNewFlavor(call.body));
    return { flavor: flavorWire.render(flavor, call.version, linkBasesOf(call)) };
  },
});

function readNewFlavor({ flavor }: Static<typeof body>): NewFlavor {
  const { id } = flavor;
  return {
    ...(id !== undefined && id !== null && { id: String(id) }),
    name: flavor.name,
    vcpus: readWholeNumber('vcpus', flavor.vcpus, 1),
    memoryMib: readWholeNumber('ram', flavor.ram, 1),
    diskGib: readWholeNumber('disk', flavor.disk, 0),
    ephemeralGib: readWholeNumber('ephemeral', flavor['OS-FLV-EXT-DATA:ephemeral'] ?? 0, 0),
    swapMib: readWholeNumber('swap', flavor.swap ?? 0, 0),
    rxtxFactor: readFactor(flavor.rxtx_factor ?? 1),
    isPublic: parseBoolean(flavor['os-flavor-access:is_public'] ?? true) ?? true,
    description: flavor.description ?? null,
  };
}
