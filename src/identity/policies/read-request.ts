import type { ApiRules } from '#policy/api-rules.ts';
import { checkServices, isObject, readDocument } from '#policy/check-document.ts';
import type { PolicyDocument } from '#policy/document.ts';
import { documentErrors } from '#policy/document-errors.ts';

/** A policy as its writer describes it. */
export interface PolicyRequest {
  displayName: string;
  type: 'AX' | 'XA';
  description: string;
  descriptionCn: string | null;
  document: PolicyDocument;
}

const displayNameCharacters = 64;
const descriptionCharacters = 4096;
const known = ['display_name', 'type', 'description', 'description_cn', 'policy'];

/** Every member again, as a change says all of it. Throws one of IAM.1000 to IAM.1060. */
export function readPolicyRequest(role: unknown, rules: ApiRules): PolicyRequest {
  if (!isObject(role)) throw documentErrors.roleMissing();
  if (role.catalog !== undefined) throw documentErrors.hasCatalog();
  if (role.flag !== undefined) throw documentErrors.hasFlag();
  if (role.name !== undefined) throw documentErrors.hasName();
  const unknown = Object.keys(role).find((key) => !known.includes(key));
  if (unknown !== undefined) throw documentErrors.keyUnknown({ text: unknown.slice(0, 64) });
  const displayName = readDisplayName(role.display_name);
  const type = readType(role.type);
  const description = readDescription(role.description);
  if (description === undefined) throw documentErrors.description();
  const descriptionCn = role.description_cn ?? null;
  if (descriptionCn !== null && readDescription(descriptionCn) === undefined) {
    throw documentErrors.descriptionCn();
  }
  const document = readDocument(role.policy, rules);
  checkServices(document, type);
  return {
    displayName,
    type,
    description,
    descriptionCn: descriptionCn as string | null,
    document,
  };
}

function readDisplayName(written: unknown): string {
  if (typeof written !== 'string' || written.trim() === '') throw documentErrors.nameBlank();
  const { length } = written;
  if (length > displayNameCharacters) throw documentErrors.nameLong({ length });
  if (/[\p{Cc}\p{Cs}<>]/u.test(written)) throw documentErrors.nameCharacters();
  return written;
}

function readType(written: unknown): 'AX' | 'XA' {
  if (typeof written !== 'string' || written.trim() === '') throw documentErrors.typeBlank();
  if (written !== 'AX' && written !== 'XA') throw documentErrors.typeUnknown();
  return written;
}

function readDescription(written: unknown): string | undefined {
  if (typeof written !== 'string' || written.length > descriptionCharacters) return undefined;
  return written.includes('\0') ? undefined : written;
}
