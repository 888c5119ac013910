import { type Actor, reachesDomain } from '#policy/actor.ts';
import { mayPerform } from '#policy/engine.ts';
import type { IdentityContext } from '../../../context.ts';
import { identityErrors } from '../../../errors.ts';
import { defaultDomainId, type Project } from '../../../projects/project.ts';
import { findProject } from '../../../projects/store.ts';
import { seenByAnyone } from '../visibility.ts';

type DomainCall = { params: { domain_id: string } };

const lookUp = {
  find: async (service: IdentityContext, call: DomainCall) => {
    const found = await findProject(service.database.queries, call.params.domain_id);
    return found?.isDomain ? found : undefined;
  },
  absent: (call: DomainCall) => identityErrors.domainNotFound({ id: call.params.domain_id }),
};

/** For endpoints that require an action. */
export const anyDomain = { ...lookUp, visible: seenByAnyone };

/** Where passwords are ruled for all, and one's own. */
export const ruledDomain = {
  ...lookUp,
  visible: (actor: Actor, domain: Project) =>
    domain.id === defaultDomainId || reachesDomain(actor, domain.id),
};

/** One's own domains: that of the user, of the token's project, of the token. */
export const shownDomain = {
  ...lookUp,
  visible: (actor: Actor, domain: Project) =>
    [actor.userDomainId, actor.projectDomainId, actor.domainId].includes(domain.id) ||
    mayPerform(actor, 'identity:domains:get'),
};
