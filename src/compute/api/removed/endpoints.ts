import { defineError } from '#base/errors.ts';
import { endpoint } from '#compute/api/endpoint.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { removedRows } from './rows.ts';

export const removed = defineError({
  code: 'HTTPGone',
  kind: 'gone',
  message: () => 'This resource is no longer available. No forwarding address is given.',
});

/** Anyone with a token is told; nothing is read and nothing looked up. */
export const removedEndpoints: readonly Endpoint<ComputeService>[] = removedRows.map((row) =>
  endpoint({
    ...row,
    summary: 'Removed from Nova; always answers 410.',
    requires: [],
    status: 410,
    errors: [removed],
    handle: () => Promise.reject(removed()),
  }),
);
