import { hash } from 'node:crypto';

/** Tells hosts apart without naming them, differently for every project; empty for no host. */
export function hostIdOf(projectId: string, host: string | null): string {
  return host === null ? '' : hash('sha224', projectId + host);
}
