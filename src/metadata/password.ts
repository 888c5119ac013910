import type { PlainAnswer, PlainRequest } from '#base/http/socket-server.ts';
import { limits } from '#base/limits.ts';
import { hasSince, openstackVersions } from './documents.ts';

const plain = 'text/plain; charset=utf-8';

/** The version of the layout that brought the file. */
export const passwordSince = '2013-04-04';

/** Who keeps what a guest says of its password: false when there is one already. */
export type KeepPassword = (encrypted: string) => Promise<boolean>;

/** True for `/openstack/<version>/password` in a version that has it. */
export function isPasswordPath(path: string): boolean {
  const [layout, version, name, ...more] = path.split('/').filter((part) => part !== '');
  if (layout !== 'openstack' || name !== 'password' || more.length > 0) return false;
  return openstackVersions.includes(version ?? '') && hasSince(version ?? '', passwordSince);
}

/** A guest sets its password once, until its user clears it; 409 when there is one. */
export async function takePassword(
  request: PlainRequest,
  keep: KeepPassword,
): Promise<PlainAnswer> {
  const bytes = await request.readBody(limits.serverPasswordBytes);
  if (!bytes) return refused(400, 'request is too large\n');
  const text = textOf(bytes);
  if (text === undefined) return refused(400, 'it must be text\n');
  if (!(await keep(text))) return refused(409, 'the password is set already\n');
  return { status: 200, contentType: plain, body: '' };
}

function refused(status: number, body: string): PlainAnswer {
  return { status, contentType: plain, body };
}

/** NUL is in no text of ours, and PostgreSQL refuses to keep it. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
