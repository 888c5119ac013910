import { ConfigError } from './config-error.ts';

/** What is asked of passwords and of those who log in. */
export interface SecurityRules {
  /** Wrong passwords until a user is locked; 0: never. */
  lockoutFailureAttempts: number;
  lockoutDurationMs: number;
  /** 0: passwords do not expire. */
  passwordExpiresMs: number;
  minimumPasswordAgeMs: number;
  /** The present password counts as one of them. */
  uniqueLastPasswordCount: number;
  /** Null: any password will do. */
  passwordPattern: RegExp | null;
  passwordPatternDescription: string;
  changePasswordUponFirstUse: boolean;
  /** 0: nobody is disabled for being away. */
  disabledAfterInactiveMs: number;
}

export const defaultSecurityRules: SecurityRules = {
  lockoutFailureAttempts: 10,
  lockoutDurationMs: 300_000,
  passwordExpiresMs: 0,
  minimumPasswordAgeMs: 0,
  uniqueLastPasswordCount: 0,
  passwordPattern: null,
  passwordPatternDescription: '',
  changePasswordUponFirstUse: false,
  disabledAfterInactiveMs: 0,
};

const dayMs = 24 * 3600_000;
const longestDays = 36_500;
/** Each of them costs one hash when a password is changed. */
const mostPasswords = 24;

/** @param text gives the value of a setting. Throws ConfigError. */
export function readSecurityRules(text: (name: string) => string): SecurityRules {
  const number = (name: string, most: number) => parseNumber(name, text(name), most);
  const days = (name: string) => number(name, longestDays) * dayMs;
  return {
    lockoutFailureAttempts: number('lockout-failure-attempts', 1000),
    lockoutDurationMs: number('lockout-duration', 365 * 24 * 3600) * 1000,
    passwordExpiresMs: days('password-expires-days'),
    minimumPasswordAgeMs: days('minimum-password-age'),
    uniqueLastPasswordCount: number('unique-last-password-count', mostPasswords),
    passwordPattern: parsePattern(text('password-regex')),
    passwordPatternDescription: text('password-regex-description'),
    changePasswordUponFirstUse: text('change-password-upon-first-use') === 'yes',
    disabledAfterInactiveMs: days('disable-user-account-days-inactive'),
  };
}

function parseNumber(name: string, text: string, most: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) <= most) return Number(text);
  const given = JSON.stringify(text);
  throw new ConfigError(`${name} is ${given} but must be a whole number from 0 to ${most}.`);
}

function parsePattern(text: string): RegExp | null {
  if (text === '') return null;
  try {
    return new RegExp(text, 'u');
  } catch (error) {
    throw new ConfigError(`password-regex is no pattern: ${(error as Error).message}.`);
  }
}
