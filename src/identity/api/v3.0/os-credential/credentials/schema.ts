import { Type } from 'typebox';

export const KeyDescription = Type.String({ maxLength: 255, pattern: '^[^\\u0000]*$' });
