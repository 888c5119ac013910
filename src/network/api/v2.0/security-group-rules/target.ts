import { networkErrors } from '../../../errors.ts';
import { findRule } from '../../../security-group-rules/store.ts';
import type { NetworkService } from '../../../service.ts';
import { networkThing } from '../../../things.ts';

interface Named {
  params: { security_group_rule_id: string };
}

/** What `{security_group_rule_id}` in a path names. */
export const securityGroupRuleTarget = {
  find: ({ context }: NetworkService, { params }: Named) =>
    findRule(context.database.queries, params.security_group_rule_id),
  thing: networkThing('securityGroupRule'),
  absent: ({ params }: Named) =>
    networkErrors.securityGroupRuleNotFound({ id: params.security_group_rule_id }),
};
