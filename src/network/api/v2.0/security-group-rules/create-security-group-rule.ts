import type { Static } from 'typebox';
import { networkErrors } from '../../../errors.ts';
import { createRule } from '../../../security-group-rules/create.ts';
import { wholeAnswer } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';
import { naming } from '../../naming.ts';
import { ownerOf } from '../../values.ts';
import { CreateRuleBody, readRule } from './body.ts';
import { renderRule, ruleSchema } from './wire.ts';

export const createRuleEndpoint = endpoint({
  method: 'POST',
  path: '/security-group-rules',
  summary: 'Makes a security group rule.',
  requires: ['vpc:securityGroupRules:create'],
  body: CreateRuleBody,
  status: 201,
  response: wholeAnswer('security_group_rule', ruleSchema),
  errors: [networkErrors.securityGroupNotFound],
  names: naming(
    ['securityGroup'],
    ({ security_group_rule: rule }: Static<typeof CreateRuleBody>) => ({
      securityGroup: [rule.security_group_id, rule.remote_group_id],
    }),
  ),
  handle: async ({ context }, call) => {
    const body = call.body.security_group_rule;
    const wanted = { ...readRule(body), projectId: ownerOf(body) };
    const rule = await createRule(context, call.actor, wanted);
    return { security_group_rule: renderRule(rule) };
  },
});
