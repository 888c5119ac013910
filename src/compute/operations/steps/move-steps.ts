import { updateMigration } from '#compute/migrations/store.ts';
import { rowOfSide, type ServerMove } from '#compute/moves/move.ts';
import { deleteMove, findMove, turnMove } from '#compute/moves/store.ts';
import type { TaskState } from '#compute/servers/status.ts';
import { updateServer } from '#compute/servers/store.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Queries } from '#db/database.ts';
import type { StepContext } from '#operations/operation.ts';

/** The move an operation works on; gone means that a deletion has taken over. */
export async function mustFindMove(
  service: ComputeService,
  { subject }: Pick<StepContext<unknown>, 'subject'>,
): Promise<ServerMove> {
  const move = await findMove(service.database.queries, subject);
  if (!move) throw new Error(`server ${subject} is not being moved`);
  return move;
}

/** Tells how far it is, to those who look at the server and to those who list migrations. */
export async function noteProgress(
  service: ComputeService,
  move: ServerMove,
  task: TaskState,
  status: string,
): Promise<void> {
  const nowMs = service.clock.nowMs();
  await service.database.note(async (tx) => {
    await updateServer(tx, move.serverId, { task_state: task }, nowMs);
    await updateMigration(tx, move.migrationId, { status }, nowMs);
  });
}

/** The server's row goes to one side; the other is held from now on. */
export async function standOn(
  service: ComputeService,
  move: ServerMove,
  side: ServerMove['side'],
  task: TaskState | undefined,
): Promise<void> {
  const nowMs = service.clock.nowMs();
  const change = { ...rowOfSide(move[side]), ...(task && { task_state: task }) };
  await service.database.transaction(async (tx) => {
    await updateServer(tx, move.serverId, change, nowMs);
    await turnMove(tx, { ...move, side });
  });
}

/** The last status of a migration. */
export type MoveEnd = 'confirmed' | 'reverted' | 'completed' | 'cancelled' | 'failed' | 'error';

/** Gives back what the other side held, and says in the record how it ended. */
export async function endMove(
  tx: Queries,
  move: ServerMove,
  status: MoveEnd,
  nowMs: number,
): Promise<void> {
  await deleteMove(tx, move.serverId);
  await updateMigration(tx, move.migrationId, { status }, nowMs);
}
