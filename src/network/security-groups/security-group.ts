import type { SecurityGroupRule } from '../security-group-rules/rule.ts';
import type { StandardAttributes } from '../standard.ts';

export interface SecurityGroup extends StandardAttributes {
  name: string;
  stateful: boolean;
  /** The group that every project has and cannot lose. */
  isDefault: boolean;
  rules: SecurityGroupRule[];
}

export const defaultGroupName = 'default';
