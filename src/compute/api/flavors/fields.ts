import { Type } from 'typebox';
import { flavorErrors } from '#compute/flavors/errors.ts';

/** Of the databases' `integer`. */
export const largestInteger = 2_147_483_647;
/** Printable, as Nova defines it: nothing of Unicode's "other", no line or paragraph separators. */
const printable = '[^\\p{C}\\p{Zl}\\p{Zp}]';

/** No blanks at the ends. */
export const flavorName = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: `^(?!\\s)${printable}*(?<!\\s)$`,
});

export const flavorId = Type.Union([
  Type.String({ minLength: 1, maxLength: 255, pattern: '^(?! )[a-zA-Z0-9. _-]+(?<! )$' }),
  Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
  Type.Null(),
]);

/** A number, or its digits as text: Nova has always taken both. */
export const wholeNumber = Type.Union([
  Type.Integer({ minimum: 0, maximum: largestInteger }),
  Type.String({ pattern: '^[0-9]{1,10}$' }),
]);

export const factor = Type.Union([
  Type.Number({ exclusiveMinimum: 0, maximum: 3.402_82e38 }),
  Type.String({ pattern: '^[0-9]{1,39}(\\.[0-9]{1,39})?$' }),
]);

export const flavorDescription = Type.Union([
  Type.String({ maxLength: 65_535, pattern: `^(${printable}|[\\n\\r\\t])*$` }),
  Type.Null(),
]);

/** @throws InvalidInput (400) for what the schema cannot say of digits. */
export function readWholeNumber(field: string, value: number | string, minimum: number): number {
  const number = Number(value);
  if (number >= minimum && number <= largestInteger) return number;
  throw flavorErrors.numberOutOfRange({ field, minimum, maximum: largestInteger });
}

export function readFactor(value: number | string): number {
  const number = Number(value);
  if (number > 0) return number;
  throw flavorErrors.numberOutOfRange({ field: 'rxtx_factor', minimum: 0, maximum: 3.402_82e38 });
}
