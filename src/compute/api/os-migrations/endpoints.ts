import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { listMigrations } from './list-migrations.ts';

export const migrationEndpoints: readonly Endpoint<ComputeService>[] = [...listMigrations];
