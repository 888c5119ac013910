import { run } from '#base/process.ts';
import { type GeneratedKey, modulusBits } from './generate.ts';

/** As long as Nova's are valid. */
const validDays = 3650;

/** Who logs in with the certificate, in the words that Windows looks for. */
const principalName = '1.3.6.1.4.1.311.20.2.3';

/**
 * A certificate by which its user logs in to Windows, signed by its own key. OpenSSL makes both,
 * because Node only reads certificates; they come and go by pipe, never by a file or argument.
 * @returns the certificate as PEM, and both as PKCS #12 without a password, in base64
 */
export async function generateCertificate(userId: string): Promise<GeneratedKey> {
  // In a subject `/` and `=` have a meaning.
  const name = userId.replaceAll(/[^A-Za-z0-9._-]/g, '_');
  const key = ['-newkey', `rsa:${modulusBits}`, '-nodes', '-keyout', '-'];
  const subject = ['-subj', `/CN=${name}`, '-days', String(validDays)];
  const usage = ['-extensions', 'v3_req', '-addext', 'extendedKeyUsage=clientAuth'];
  const principal = ['-addext', `subjectAltName=otherName:${principalName};UTF8:${name}@localhost`];
  const made = await run('openssl', ['req', '-x509', ...key, ...subject, ...usage, ...principal]);
  const bundled = await run('openssl', ['pkcs12', '-export', '-passout', 'pass:'], {
    input: made.stdout,
    encoding: 'base64',
  });
  return { publicKey: certificateIn(made.stdout), privateKey: bundled.stdout };
}

function certificateIn(pem: string): string {
  return pem.slice(pem.indexOf('-----BEGIN CERTIFICATE-----'));
}
