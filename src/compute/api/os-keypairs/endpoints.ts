import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { createKeypair } from './create-keypair.ts';
import { deleteKeypair } from './delete-keypair.ts';
import { listKeypairs } from './list-keypairs.ts';
import { showKeypair } from './show-keypair.ts';

export const keypairEndpoints: readonly Endpoint<ComputeService>[] = [
  listKeypairs,
  showKeypair,
  ...createKeypair,
  ...deleteKeypair,
];
