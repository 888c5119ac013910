import type { Ids } from '#base/ids.ts';
import { generatedPassword } from '#base/typed-secrets.ts';

/** As long as Nova makes them. */
const passwordLength = 12;

/** For a server whose user did not choose one. */
export function newAdminPassword(ids: Ids): string {
  return generatedPassword(ids, passwordLength);
}
