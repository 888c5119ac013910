import { Type } from 'typebox';
import { Id, NullableId, nameOf, Password, UserOptions } from '../schemas.ts';

const members = {
  domain_id: Type.Optional(Id),
  enabled: Type.Optional(Type.Boolean()),
  password: Type.Optional(Type.Union([Password, Type.Null()])),
  default_project_id: Type.Optional(NullableId),
  options: Type.Optional(UserOptions),
};

/** Other members, such as `email` and `description`, are kept as they are. */
export const UserCreate = Type.Object({
  user: Type.Object({ name: nameOf(255), ...members }),
});

export const UserUpdate = Type.Object({
  user: Type.Object({ name: Type.Optional(nameOf(255)), ...members }),
});

/** Everything that is not kept as an added member. */
export const userMembers = [
  'id',
  'name',
  'links',
  'password_expires_at',
  ...Object.keys(members),
] as const;

export const PasswordChange = Type.Object({
  user: Type.Object({ original_password: Type.String(), password: Password }),
});
