import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { createAssistedSnapshot, deleteAssistedSnapshot } from './snapshots.ts';

export const assistedSnapshotEndpoints: readonly Endpoint<ComputeService>[] = [
  createAssistedSnapshot,
  deleteAssistedSnapshot,
];
