import { type ActionMatcher, compileActionPattern } from './action-patterns.ts';
import { asksOfTarget, type ConditionTest, compileCondition } from './conditions.ts';
import type { Dependency, PolicyDocument, Statement } from './document.ts';
import { compileGranting, compileGrantingRest } from './reach.ts';
import { compileResource, namesResources, type ResourceMatcher } from './resources.ts';

export interface CompiledStatement {
  isDeny: boolean;
  /** Its place in the document, from 0. */
  index: number;
  matchesAction: ActionMatcher;
  matchesResource: ResourceMatcher;
  /** What a call is about decides whether the statement speaks of it: its name or its tags. */
  isBound: boolean;
  /** Undefined: whatever the circumstances. */
  holds: ConditionTest | undefined;
}

export interface CompiledPolicy {
  /** The role's id, by which it is granted. */
  id: string;
  /** What people know it by. */
  name: string;
  version: PolicyDocument['Version'];
  depends: readonly Dependency[];
  statements: readonly CompiledStatement[];
}

export interface PolicyToCompile {
  id: string;
  name: string;
  document: PolicyDocument;
  /** Wildcards reach everything: only for those who run the cloud. */
  isUnbounded?: boolean;
}

export function compilePolicy(policy: PolicyToCompile): CompiledPolicy {
  const { id, name, document, isUnbounded = false } = policy;
  const statements = document.Statement.map((statement, index) => ({
    isDeny: statement.Effect === 'Deny',
    index,
    matchesAction: compileActions(statement, isUnbounded),
    matchesResource: compileResource(statement.Resource),
    isBound: namesResources(statement.Resource) || asksOfTarget(statement.Condition),
    holds: statement.Condition && compileCondition(statement.Condition),
  }));
  return { id, name, version: document.Version, depends: document.Depends ?? [], statements };
}

function compileActions(statement: Statement, isUnbounded: boolean): ActionMatcher {
  const { Effect, Action, NotAction = [] } = statement;
  const isPlain = Effect === 'Deny' || isUnbounded;
  if (Action) {
    const matchers = Action.map(isPlain ? compileActionPattern : compileGranting);
    return (action) => matchers.some((matches) => matches(action));
  }
  if (!isPlain) return compileGrantingRest(NotAction);
  const excepted = NotAction.map(compileActionPattern);
  return (action) => !excepted.some((matches) => matches(action));
}
