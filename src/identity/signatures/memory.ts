import { UsedSignatures } from './used-signatures.ts';
import { WrongSignatures } from './wrong-signatures.ts';

/** What this process knows of signatures that it has seen. */
export interface SignatureMemory {
  wrong: WrongSignatures;
  used: UsedSignatures;
}

export function openSignatureMemory(nowMs: number): SignatureMemory {
  return { wrong: new WrongSignatures(), used: new UsedSignatures(nowMs) };
}
