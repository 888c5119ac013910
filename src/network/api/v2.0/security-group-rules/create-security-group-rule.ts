import { networkErrors } from '../../../errors.ts';
import { createRule } from '../../../security-group-rules/create.ts';
import { endpoint } from '../../endpoint.ts';
import { ownerOf } from '../../values.ts';
import { CreateRuleBody, readRule } from './body.ts';
import { renderRule } from './wire.ts';

export const createRuleEndpoint = endpoint({
  method: 'POST',
  path: '/security-group-rules',
  summary: 'Makes a security group rule.',
  requires: ['vpc:securityGroupRules:create'],
  body: CreateRuleBody,
  status: 201,
  errors: [networkErrors.securityGroupNotFound],
  handle: async ({ context }, call) => {
    const body = call.body.security_group_rule;
    const wanted = { ...readRule(body), projectId: ownerOf(body) };
    const rule = await createRule(context, call.actor, wanted);
    return { security_group_rule: renderRule(rule) };
  },
});
