import { Type } from 'typebox';
import type { OwnedAccessRule } from '../../../../application-credentials/credential.ts';
import { closed, text } from '../../../answers.ts';

const members = { id: text, path: text, method: text, service: text };

/** Where a rule is part of something else. */
export const accessRuleSchema = Type.Object(members, closed);

export const linkedRuleSchema = Type.Object(
  { ...members, links: Type.Object({ self: text }, closed) },
  closed,
);

export function accessRuleBody(rule: OwnedAccessRule): Record<string, unknown> {
  const { id, path, method, service } = rule;
  return { id, path, method, service };
}

export function linkedRuleBody(rule: OwnedAccessRule, root: string): Record<string, unknown> {
  const self = `${root}/users/${rule.userId}/access_rules/${rule.id}`;
  return { ...accessRuleBody(rule), links: { self } };
}
