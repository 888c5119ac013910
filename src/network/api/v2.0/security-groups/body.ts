import { type Static, Type } from 'typebox';
import type { NewSecurityGroup } from '../../../security-groups/create.ts';
import type { SecurityGroupChange } from '../../../security-groups/update.ts';
import { Name, owner, TrueValue, toBoolean } from '../../values.ts';

const closed = { additionalProperties: false };

// Filters keep the state of connections for every group: the other kind is not offered.
const Stateful = Type.Optional(TrueValue);

export const CreateGroupBody = Type.Object(
  {
    security_group: Type.Object(
      { name: Name, description: Type.Optional(Name), stateful: Stateful, ...owner },
      closed,
    ),
  },
  closed,
);

export const UpdateGroupBody = Type.Object(
  {
    security_group: Type.Object(
      { name: Type.Optional(Name), description: Type.Optional(Name), stateful: Stateful },
      closed,
    ),
  },
  closed,
);

export function readGroup(
  body: Static<typeof UpdateGroupBody>['security_group'],
): SecurityGroupChange {
  const { name, description } = body;
  return { name, description, stateful: toBoolean(body.stateful) };
}

export function readNewGroup(
  body: Static<typeof CreateGroupBody>['security_group'],
): Omit<NewSecurityGroup, 'projectId'> {
  return { ...readGroup(body), name: body.name };
}
