import { Type } from 'typebox';
import { isoMicros } from '#base/clock.ts';
import type { CreatedKeypair } from '#compute/keypairs/create.ts';
import type { Keypair } from '#compute/keypairs/keypair.ts';
import { Wire, type WireField } from '#endpoints/wire.ts';

const shared: readonly WireField<Keypair, void>[] = [
  { name: 'name', schema: Type.String(), value: (keypair) => keypair.name },
  { name: 'type', since: '2.2', schema: Type.String(), value: (keypair) => keypair.type },
  { name: 'public_key', schema: Type.String(), value: (keypair) => keypair.publicKey },
  { name: 'fingerprint', schema: Type.String(), value: (keypair) => keypair.fingerprint },
];

/** A key pair as lists show it. */
export const keypairSummaryWire = new Wire<Keypair, void>(shared);

/** A key pair just made or imported. */
export const createdKeypairWire = new Wire<CreatedKeypair, void>([
  ...shared,
  { name: 'user_id', schema: Type.String(), value: (keypair) => keypair.userId },
  {
    name: 'private_key',
    until: '2.91',
    schema: Type.String(),
    optional: true,
    value: (keypair) => keypair.privateKey,
  },
]);

/** A key pair as it is shown whole. */
export const keypairWire = new Wire<Keypair, void>([
  ...shared,
  { name: 'user_id', schema: Type.String(), value: (keypair) => keypair.userId },
  { name: 'deleted', schema: Type.Boolean(), value: () => false },
  { name: 'created_at', schema: Type.String(), value: (keypair) => isoMicros(keypair.createdMs) },
  { name: 'updated_at', schema: Type.Null(), value: () => null },
  { name: 'deleted_at', schema: Type.Null(), value: () => null },
  { name: 'id', schema: Type.Integer(), value: (keypair) => keypair.number },
]);
