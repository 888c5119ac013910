import { type Static, Type } from 'typebox';
import { policyErrors } from '../../policies/errors.ts';

/** IAM's lists are cut into numbered pages; both parameters or neither. */
export const PageQuery = Type.Object({
  page: Type.Optional(Type.String()),
  per_page: Type.Optional(Type.String()),
});

export interface NumberedPage<T> {
  items: T[];
  links: { self: string; previous: string | null; next: string | null };
}

/** @param mostItems on one page. Throws IAM.0007. */
export function pageOf<T>(
  call: { root: string; query: Static<typeof PageQuery> },
  path: string,
  all: readonly T[],
  mostItems: number,
): NumberedPage<T> {
  const { page, per_page: perPage } = call.query;
  const address = (number: number) =>
    `${call.root}${path}?${new URLSearchParams({ page: String(number), per_page: perPage ?? '' })}`;
  if (page === undefined && perPage === undefined) {
    const links = { self: call.root + path, previous: null, next: null };
    return { items: [...all], links };
  }
  const number = readNumber('page', page, 1_000_000);
  const count = readNumber('per_page', perPage, mostItems);
  const start = (number - 1) * count;
  return {
    items: all.slice(start, start + count),
    links: {
      self: address(number),
      previous: number > 1 ? address(number - 1) : null,
      next: start + count < all.length ? address(number + 1) : null,
    },
  };
}

function readNumber(name: string, written: string | undefined, most: number): number {
  const number = written !== undefined && /^\d{1,7}$/.test(written) ? Number(written) : 0;
  if (number < 1 || number > most) throw policyErrors.pageInvalid({ name });
  return number;
}
