import { constants, publicEncrypt } from 'node:crypto';
import { rsaKeyOf } from '#compute/keypairs/ssh-public-key.ts';

/**
 * A password as only the owner of the key can read it, in the way that `nova get-password`
 * understands; undefined where the key cannot encrypt, or not as much.
 * @param publicKey as it stands in `authorized_keys`
 */
export function encryptPassword(password: string, publicKey: string): string | undefined {
  try {
    const key = rsaKeyOf(publicKey);
    if (!key) return undefined;
    const padding = constants.RSA_PKCS1_PADDING;
    return publicEncrypt({ key, padding }, Buffer.from(password)).toString('base64');
  } catch {
    // A key that was taken before keys were looked at, or one that is too small.
    return undefined;
  }
}
