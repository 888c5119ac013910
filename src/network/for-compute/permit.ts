import type { Queries } from '#db/database.ts';

/**
 * What compute asks about its server in the transaction that changes the server's wires; it throws
 * to refuse. Nothing may lock or delete the server between the question and the change.
 */
export type Permit = (tx: Queries) => Promise<void>;
