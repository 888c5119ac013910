import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { mpint, writeSshFields } from './ssh-fields.ts';

/** As long as Nova makes them. */
export const modulusBits = 2048;

export interface GeneratedKey {
  /** One line of OpenSSH's format, or a certificate as PEM. */
  publicKey: string;
  /** PEM, or PKCS #12 in base64; given to the client once and kept nowhere. */
  privateKey: string;
}

/** An RSA key pair, made on a thread of Node's pool so that other requests go on. */
export async function generateSshKey(): Promise<GeneratedKey> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: modulusBits,
  });
  const { e = '', n = '' } = publicKey.export({ format: 'jwk' });
  const numbers = [e, n].map((text) => mpint(Buffer.from(text, 'base64url')));
  const blob = writeSshFields([Buffer.from('ssh-rsa'), ...numbers]);
  return {
    publicKey: `ssh-rsa ${blob.toString('base64')} Generated-by-Nova\n`,
    privateKey: privateKey.export({ format: 'pem', type: 'pkcs1' }).toString(),
  };
}
