import { Type } from 'typebox';

export const hostName = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: '^[a-zA-Z0-9-._]*$',
});
