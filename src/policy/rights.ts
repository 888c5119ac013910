import type { CompiledPolicy, CompiledStatement } from './compile.ts';
import type { Attributes } from './conditions.ts';
import { isAbout } from './resource-types.ts';
import { openResource } from './resources.ts';
import { honoursEnterpriseProjects } from './scopes.ts';

/** By which grant a policy came to its holder. */
export interface GrantSource {
  actorKind: 'user' | 'group';
  actorId: string;
  /** A project, a domain or an enterprise project. */
  targetId: string;
  isInherited: boolean;
  /** The role that was granted: another one than the policy where that follows from it. */
  roleId: string;
}

export interface HeldPolicy {
  policy: CompiledPolicy;
  via: readonly GrantSource[];
  /** Granted on an enterprise project: counts only for what lies in it, where that is honoured. */
  enterpriseProjectId?: string | undefined;
}

/** What a call is about, as far as endpoints can tell policy. */
export interface DecisionTarget {
  /** `ecs:region:domain:instance:id`; absent where a call is about all of a kind. */
  resource?: string | undefined;
  tags?: Readonly<Record<string, string | readonly string[]>> | undefined;
  enterpriseProjectId?: string | undefined;
}

/** Whether an action is allowed, and which statement said so; null: none spoke of it. */
export interface Decision {
  action: string;
  isAllowed: boolean;
  by: { held: HeldPolicy; statement: CompiledStatement } | null;
}

/**
 * All that reaches somebody in one scope. The decision names the statement that made it, so that
 * an explanation can not say anything else than what is done.
 */
export class Rights {
  readonly held: readonly HeldPolicy[];
  /** Equal for those who may do the same. */
  readonly key: string;
  /** Some of it counts for some things only, so that what a call is about must be told. */
  readonly isBound: boolean;
  #attributes: Attributes;
  /** What it does not allow as well, these rights do not allow. */
  #limit: Rights | undefined;
  /** Decisions on which circumstances have no bearing. There are as many actions as we declare. */
  #known = new Map<string, Decision>();

  /**
   * @param attributes what conditions ask of the holder, asked anew for each decision; and
   *   `g:DomainId`, the account of all that is not told, which no condition can ask
   */
  constructor(
    held: readonly HeldPolicy[],
    attributes: Attributes = () => undefined,
    limit?: Rights,
  ) {
    const names = held.map(({ policy }) => policy.name);
    this.held = held.filter(({ policy }) =>
      policy.depends.every((needed) => names.includes(needed.display_name)),
    );
    const ids = this.held.map(
      ({ policy, enterpriseProjectId }) => `${policy.id}@${enterpriseProjectId ?? ''}`,
    );
    this.key = [...ids.sort(), ...(limit ? ['within', limit.key] : [])].join(' ');
    this.#attributes = attributes;
    this.#limit = limit;
    const isBound = this.held.some(
      ({ policy, enterpriseProjectId }) =>
        enterpriseProjectId !== undefined ||
        policy.statements.some((statement) => statement.isBound),
    );
    this.isBound = isBound || (limit?.isBound ?? false);
  }

  /** Of these rights those that the policy allows too. */
  within(policy: CompiledPolicy): Rights {
    const limit = new Rights([{ policy, via: [] }], this.#attributes, this.#limit);
    return new Rights(this.held, this.#attributes, limit);
  }

  /** What there would be without the policies of this name. */
  without(name: string): Rights {
    return new Rights(
      this.held.filter(({ policy }) => policy.name !== name),
      this.#attributes,
    );
  }

  allows(action: string, target?: DecisionTarget): boolean {
    return this.decide(action, target).isAllowed;
  }

  /** Whatever the call is about: also nothing that a Deny keeps for itself. */
  allowsAll(action: string): boolean {
    const isDenied = this.#speakingOfAny(action).some(
      ({ statement, isBound }) => isBound && statement.isDeny,
    );
    return !isDenied && this.allows(action) && (this.#limit?.allowsAll(action) ?? true);
  }

  /** Whether there may be something for which it is allowed: false is for good, true is not. */
  mayAllow(action: string): boolean {
    const attributes = this.#attributesOf(action, undefined);
    const speaking = this.#speakingOfAny(action).filter(
      ({ statement, isBound }) => isBound || (statement.holds?.(attributes) ?? true),
    );
    const isDenied = speaking.some(({ statement, isBound }) => statement.isDeny && !isBound);
    const isAllowed = !isDenied && speaking.some(({ statement }) => !statement.isDeny);
    return isAllowed && (this.#limit?.mayAllow(action) ?? true);
  }

  /** Whether a Deny says so of this thing by its name or its tags. */
  isDenied(action: string, target: DecisionTarget): boolean {
    const attributes = this.#attributesOf(action, target);
    const denies = this.#speaking(action, target).some(
      ({ statement }) =>
        statement.isDeny && statement.isBound && (statement.holds?.(attributes) ?? true),
    );
    return denies || (this.#limit?.isDenied(action, target) ?? false);
  }

  /** Any matching Deny refuses, else any matching Allow allows, else it is refused. */
  decide(action: string, target?: DecisionTarget): Decision {
    const decision = this.#decide(action, target);
    if (!decision.isAllowed || !this.#limit) return decision;
    const limited = this.#limit.decide(action, target);
    return limited.isAllowed ? decision : limited;
  }

  #decide(action: string, told: DecisionTarget | undefined): Decision {
    const target = aboutTarget(action, told);
    const known = target ? undefined : this.#known.get(action);
    if (known) return known;
    const speaking = this.#speaking(action, target);
    const isConditional = speaking.some(({ statement }) => statement.holds !== undefined);
    const attributes = this.#attributesOf(action, target);
    const matching = speaking.filter(({ statement }) => statement.holds?.(attributes) ?? true);
    const denying = matching.find(({ statement }) => statement.isDeny);
    const by = denying ?? matching[0] ?? null;
    const decision: Decision = { action, isAllowed: !denying && by !== null, by };
    if (!target && !isConditional) this.#known.set(action, decision);
    return decision;
  }

  /** What speaks of the action, for whatever; `isBound` where not for everything. */
  #speakingOfAny(action: string) {
    return this.held.flatMap(({ policy, enterpriseProjectId }) => {
      const isWithin = enterpriseProjectId !== undefined;
      if (isWithin && !honoursEnterpriseProjects(action)) return [];
      return policy.statements
        .filter((statement) => statement.matchesAction(action))
        .filter((statement) => statement.isBound || statement.matchesResource(''))
        .map((statement) => ({ statement, isBound: isWithin || statement.isBound }));
    });
  }

  #speaking(action: string, target: DecisionTarget | undefined) {
    const domainId = this.#attributes('g:DomainId')?.[0] ?? '';
    const resource = target?.resource ?? openResource(action, domainId);
    return this.held.flatMap((held) => {
      const { enterpriseProjectId } = held;
      if (enterpriseProjectId !== undefined) {
        if (!honoursEnterpriseProjects(action)) return [];
        if (enterpriseProjectId !== target?.enterpriseProjectId) return [];
      }
      return held.policy.statements
        .filter((statement) => statement.matchesAction(action))
        .filter((statement) => statement.matchesResource(resource))
        .map((statement) => ({ held, statement }));
    });
  }

  #attributesOf(action: string, target: DecisionTarget | undefined): Attributes {
    return (key) => {
      if (key === 'g:ServiceName') return [action.slice(0, action.indexOf(':'))];
      const tag = /^g:ResourceTag\/(.+)$/.exec(key)?.[1];
      if (tag === undefined) return this.#attributes(key);
      const tags = target?.tags ?? {};
      return Object.hasOwn(tags, tag) ? [tags[tag] ?? ''].flat() : undefined;
    };
  }
}

/** What is told of a thing is nothing to actions on things of other kinds. */
function aboutTarget(
  action: string,
  target: DecisionTarget | undefined,
): DecisionTarget | undefined {
  if (target?.resource === undefined || isAbout(action, target.resource)) return target;
  const { enterpriseProjectId } = target;
  return enterpriseProjectId === undefined ? undefined : { enterpriseProjectId };
}
