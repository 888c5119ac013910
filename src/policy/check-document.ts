import { hasWildcard, serviceOf } from './action-patterns.ts';
import { checkCondition } from './check-condition.ts';
import { checkEffect, type DocumentRules } from './check-effect.ts';
import { checkResource } from './check-resource.ts';
import { documentLimits, type PolicyDocument, type Statement } from './document.ts';
import { documentErrors } from './document-errors.ts';

export type Json = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Throws for the first member that is none of these. */
export function checkKeys(value: Json, known: readonly string[]): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw documentErrors.keyUnknown({ text: unknown.slice(0, 64) });
}

/** Reads what somebody wrote as a policy of version 1.1. Throws one of IAM.1020 to IAM.1059. */
export function readDocument(written: unknown, rules: DocumentRules): PolicyDocument {
  if (!isObject(written)) throw documentErrors.policyMissing();
  const { length } = JSON.stringify(written);
  if (length > documentLimits.characters) throw documentErrors.policyLong({ length });
  if (Object.hasOwn(written, 'Depends')) throw documentErrors.hasDepends();
  checkKeys(written, ['Version', 'Statement']);
  if (written.Version !== '1.1') throw documentErrors.version();
  const { Statement: statements } = written;
  if (!Array.isArray(statements)) throw documentErrors.statementsMissing();
  const count = statements.length;
  if (count < 1 || count > documentLimits.statements) {
    throw documentErrors.statementCount({ count });
  }
  return {
    Version: '1.1',
    Statement: statements.map((statement) => readStatement(statement, rules)),
  };
}

function readStatement(written: unknown, rules: DocumentRules): Statement {
  if (!isObject(written)) throw documentErrors.statementsMissing();
  checkKeys(written, ['Effect', 'Action', 'NotAction', 'Resource', 'Condition']);
  const effect = String(written.Effect).toLowerCase();
  if (typeof written.Effect !== 'string' || !['allow', 'deny'].includes(effect)) {
    throw documentErrors.effect();
  }
  const { Action, NotAction, Resource, Condition } = written;
  if (Action !== undefined && NotAction !== undefined) throw documentErrors.bothActions();
  const actions = readActions(Action ?? NotAction, rules);
  const statement: Statement = {
    Effect: effect === 'allow' ? 'Allow' : 'Deny',
    ...(Action === undefined ? { NotAction: actions } : { Action: actions }),
    ...(Resource !== undefined && { Resource: checkResource(Resource) }),
    ...(Condition !== undefined && { Condition: checkCondition(Condition) }),
  };
  checkEffect(statement, rules);
  return statement;
}

function readActions(written: unknown, rules: DocumentRules): string[] {
  if (!Array.isArray(written)) throw documentErrors.actionsMissing();
  const count = written.length;
  if (count < 1 || count > documentLimits.actions) throw documentErrors.actionCount({ count });
  return written.map((action) => readAction(action, rules));
}

function readAction(written: unknown, { isRegistered }: DocumentRules): string {
  if (typeof written !== 'string') throw documentErrors.actionsMissing();
  const { length } = written;
  if (length > documentLimits.actionCharacters) throw documentErrors.actionLong({ length });
  if (!/^[a-z*][a-z0-9*-]*(:[A-Za-z0-9_*-]+){2}$/.test(written)) {
    throw documentErrors.actionCharacters({ text: written });
  }
  if (!hasWildcard(written) && !isRegistered(written)) {
    throw documentErrors.actionUnknown({ text: written });
  }
  return written;
}

/**
 * A policy is for the account, `AX`, or for projects, `XA`, and may not mix their services. A
 * service that is left open is of both. Throws IAM.0077.
 */
export function checkServices(document: PolicyDocument, type: 'AX' | 'XA'): void {
  const patterns = document.Statement.flatMap(({ Action, NotAction }) => Action ?? NotAction ?? []);
  const services = patterns.flatMap((pattern) => serviceOf(pattern) ?? []);
  const fits = services.every((service) => (service === 'identity') === (type === 'AX'));
  if (!fits) throw documentErrors.servicesMixed();
}
