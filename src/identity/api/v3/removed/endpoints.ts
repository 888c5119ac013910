import { defineError } from '#base/errors.ts';
import { endpoint } from '../../endpoint.ts';

const pkiGone = defineError({
  code: 'Gone',
  kind: 'gone',
  message: () => 'This API is no longer available due to the removal of support for PKI tokens.',
});

const noRevocationList = defineError({
  code: 'NoRevocationList',
  kind: 'forbidden',
  message: () => 'You are not authorized to perform the requested action.',
});

const shared = { method: 'GET', requires: [], public: true } as const;
const gone = { ...shared, status: 410, errors: [pkiGone] };

/** What Keystone keeps of its former kind of tokens: answers that there is none any more. */
export const removedEndpoints = [
  endpoint({
    ...gone,
    path: '/OS-SIMPLE-CERT/ca',
    summary: 'Removed from Keystone; always answers 410.',
    handle: () => Promise.reject(pkiGone()),
  }),
  endpoint({
    ...gone,
    path: '/OS-SIMPLE-CERT/certificates',
    summary: 'Removed from Keystone; always answers 410.',
    handle: () => Promise.reject(pkiGone()),
  }),
  endpoint({
    ...shared,
    path: '/auth/tokens/OS-PKI/revoked',
    summary: 'Removed from Keystone; always answers 403.',
    status: 403,
    errors: [noRevocationList],
    handle: () => Promise.reject(noRevocationList()),
  }),
];
