/**
 * Like `Promise.all`, but what has begun has also ended when this has: nothing goes on behind the
 * back of whoever clears up after a failure. Throws what the first of those that failed threw.
 */
export async function together<T extends readonly unknown[]>(
  work: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  await Promise.allSettled(work);
  return (await Promise.all(work)) as unknown as T;
}
