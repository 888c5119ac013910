import { Type } from 'typebox';
import { limits } from '#base/limits.ts';
import type { VersionRange } from '#base/microversion.ts';
import { noQuery } from '#compute/api/closed-query.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import { createKeypair as recordKeypair } from '#compute/keypairs/create.ts';
import { keypairErrors } from '#compute/keypairs/errors.ts';
import { requireOwner } from '#compute/keypairs/keypair.ts';
import { readQuota } from '#compute/quotas/read.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Actor } from '#policy/actor.ts';
import { createdKeypairWire } from './wire.ts';

const closed = { additionalProperties: false };
const action = 'ecs:serverKeypairs:create';

/** No blanks at the ends. */
function nameOf(characters: string) {
  const pattern = `^(?! )[${characters}]+(?<! )$`;
  return Type.String({ minLength: 1, maxLength: 255, pattern });
}

const publicKey = Type.String({
  maxLength: limits.publicKeyCharacters,
  pattern: '^[^\\u0000]*$',
});

const shared = {
  type: Type.Optional(Type.Union([Type.Literal('ssh'), Type.Literal('x509')], { since: '2.2' })),
  user_id: Type.Optional(
    Type.String({ minLength: 1, maxLength: 64, pattern: '^[^\\u0000]*$', since: '2.10' }),
  ),
};

/** Until 2.91 a key is made when none is given; since then keys are only imported. */
const keypair = Type.Union([
  Type.Object(
    { name: nameOf('a-zA-Z0-9 _\\-'), public_key: Type.Optional(publicKey), ...shared },
    { ...closed, until: '2.91' },
  ),
  Type.Object(
    { name: nameOf('a-zA-Z0-9 @._\\-'), public_key: publicKey, ...shared },
    { ...closed, since: '2.92' },
  ),
]);

function creationIn(range: VersionRange, status: number) {
  return endpoint({
    ...range,
    method: 'POST',
    path: '/os-keypairs',
    summary: 'Imports a public key, or makes a key pair.',
    requires: [action],
    query: noQuery,
    body: Type.Object({ keypair }, closed),
    status,
    response: Type.Object({ keypair: createdKeypairWire.schema }, closed),
    errors: [keypairErrors.invalid, keypairErrors.exists, keypairErrors.quotaExceeded],
    handle: async (service, call) => {
      const wanted = call.body.keypair;
      if (call.surface === 'compute-v2') requirePlainName(wanted.name);
      const created = await recordKeypair(
        service,
        {
          userId: requireOwner(call.actor, wanted.user_id, action),
          name: wanted.name,
          type: wanted.type ?? 'ssh',
          ...(wanted.public_key !== undefined && { publicKey: wanted.public_key }),
        },
        await readKeypairLimit(service, call.actor, wanted.user_id),
      );
      return { keypair: createdKeypairWire.render(created, call.version) };
    },
  });
}

/** The 2017 reference (14.3) has no blanks in names, which Nova allows. */
function requirePlainName(name: string): void {
  if (!/^[a-zA-Z0-9_-]+$/.test(name)) {
    throw keypairErrors.invalid({ reason: 'a name has letters, digits, - and _ only' });
  }
}

/** The limit of the project that asks, or of the user whose key it is to be. */
async function readKeypairLimit(
  service: ComputeService,
  actor: Actor,
  userId: string | undefined,
): Promise<number> {
  const subject = { projectId: actor.projectId ?? '', userId: userId ?? actor.userId };
  return (await readQuota(service, subject)).key_pairs;
}

/** The status was mended in 2.2. */
export const createKeypair = [creationIn({ until: '2.1' }, 200), creationIn({ since: '2.2' }, 201)];
