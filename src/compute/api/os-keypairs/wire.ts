import { isoMicros } from '#base/clock.ts';
import type { CreatedKeypair } from '#compute/keypairs/create.ts';
import type { Keypair } from '#compute/keypairs/keypair.ts';
import { Wire, type WireField } from '#endpoints/wire.ts';

const shared: readonly WireField<Keypair, void>[] = [
  { name: 'name', value: (keypair) => keypair.name },
  { name: 'type', since: '2.2', value: (keypair) => keypair.type },
  { name: 'public_key', value: (keypair) => keypair.publicKey },
  { name: 'fingerprint', value: (keypair) => keypair.fingerprint },
];

/** A key pair as lists show it. */
export const keypairSummaryWire = new Wire<Keypair, void>(shared);

/** A key pair just made or imported. */
export const createdKeypairWire = new Wire<CreatedKeypair, void>([
  ...shared,
  { name: 'user_id', value: (keypair) => keypair.userId },
  { name: 'private_key', value: (keypair) => keypair.privateKey },
]);

/** A key pair as it is shown whole. */
export const keypairWire = new Wire<Keypair, void>([
  ...shared,
  { name: 'user_id', value: (keypair) => keypair.userId },
  { name: 'deleted', value: () => false },
  { name: 'created_at', value: (keypair) => isoMicros(keypair.createdMs) },
  { name: 'updated_at', value: () => null },
  { name: 'deleted_at', value: () => null },
  { name: 'id', value: (keypair) => keypair.number },
]);
