import type { IdentityContext } from '../context.ts';
import type { PolicyBlob } from './blob.ts';
import { listPolicyRows } from './store.ts';

export function listPolicies(context: IdentityContext): Promise<PolicyBlob[]> {
  return listPolicyRows(context.database.queries);
}
