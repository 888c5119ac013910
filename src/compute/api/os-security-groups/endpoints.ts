import type { ComputeService } from '#compute/service.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import { createRule } from '../os-security-group-rules/create-rule.ts';
import { deleteRule } from '../os-security-group-rules/delete-rule.ts';
import { createSecurityGroup } from './create-security-group.ts';
import { deleteSecurityGroup } from './delete-security-group.ts';
import { listSecurityGroups } from './list-security-groups.ts';
import { listServerSecurityGroups } from './list-server-security-groups.ts';
import { addSecurityGroup, removeSecurityGroup } from './membership-actions.ts';
import { showSecurityGroup } from './show-security-group.ts';
import { updateSecurityGroup } from './update-security-group.ts';

export const securityGroupEndpoints: readonly Endpoint<ComputeService>[] = [
  listSecurityGroups,
  createSecurityGroup,
  showSecurityGroup,
  updateSecurityGroup,
  deleteSecurityGroup,
  createRule,
  deleteRule,
  listServerSecurityGroups,
  addSecurityGroup,
  removeSecurityGroup,
];
