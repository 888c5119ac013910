import type { Setting } from './settings.ts';

/** Keystone's `security_compliance`, name by name. */
export const securitySettings: readonly Setting[] = [
  {
    name: 'lockout-failure-attempts',
    variable: 'CUMULET_LOCKOUT_FAILURE_ATTEMPTS',
    fallback: '10',
    placeholder: 'number',
    describe: 'wrong passwords until a user is locked for a while; 0: never',
  },
  {
    name: 'lockout-duration',
    variable: 'CUMULET_LOCKOUT_DURATION',
    fallback: '300',
    placeholder: 'seconds',
    describe: 'how long a user is locked',
  },
  {
    name: 'password-expires-days',
    variable: 'CUMULET_PASSWORD_EXPIRES_DAYS',
    fallback: '0',
    placeholder: 'days',
    describe: 'how long a password is good; 0: for ever',
  },
  {
    name: 'minimum-password-age',
    variable: 'CUMULET_MINIMUM_PASSWORD_AGE',
    fallback: '0',
    placeholder: 'days',
    describe: 'how long users keep a password that they chose before they may choose another',
  },
  {
    name: 'unique-last-password-count',
    variable: 'CUMULET_UNIQUE_LAST_PASSWORD_COUNT',
    fallback: '0',
    placeholder: 'number',
    describe: 'how many of the last passwords, the present one included, cannot be chosen again',
  },
  {
    name: 'password-regex',
    variable: 'CUMULET_PASSWORD_REGEX',
    fallback: '',
    fallbackShown: 'any password',
    placeholder: 'pattern',
    describe: 'what every new password must match',
  },
  {
    name: 'password-regex-description',
    variable: 'CUMULET_PASSWORD_REGEX_DESCRIPTION',
    fallback: '',
    fallbackShown: 'none',
    placeholder: 'sentence',
    describe: 'says that pattern to people whose password was refused',
  },
  {
    name: 'change-password-upon-first-use',
    variable: 'CUMULET_CHANGE_PASSWORD_UPON_FIRST_USE',
    fallback: 'no',
    choices: ['yes', 'no'],
    describe: 'yes: what an administrator gives as password is good for choosing another only',
  },
  {
    name: 'disable-user-account-days-inactive',
    variable: 'CUMULET_DISABLE_USER_ACCOUNT_DAYS_INACTIVE',
    fallback: '0',
    placeholder: 'days',
    describe: 'users who did not log in for so long are disabled; 0: nobody is',
  },
];
