import { Type } from 'typebox';
import type { PolicyBlob } from '../../../policy-blobs/blob.ts';
import { links, text } from '../../answers.ts';

/** With whatever else its maker gave it. */
export const policySchema = Type.Object({ id: text, type: text, blob: Type.Unknown(), links });

export function policyBody(policy: PolicyBlob, root: string): Record<string, unknown> {
  return {
    ...policy.extra,
    id: policy.id,
    type: policy.type,
    blob: policy.blob,
    links: { self: `${root}/policies/${policy.id}` },
  };
}
