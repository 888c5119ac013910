import type { Receipt } from '../../../../logins/receipts.ts';
import { isoMicrosZulu } from '../../times.ts';

/** Keystone's body of a 401 that asks for further methods. */
export function receiptBody(receipt: Receipt): Record<string, unknown> {
  const { user, userDomain, methods, issuedMs, expiresMs, required } = receipt;
  return {
    receipt: {
      methods,
      user: {
        id: user.id,
        name: user.name,
        domain: { id: userDomain.id, name: userDomain.name },
      },
      issued_at: isoMicrosZulu(issuedMs),
      expires_at: isoMicrosZulu(expiresMs),
    },
    required_auth_methods: required,
  };
}
