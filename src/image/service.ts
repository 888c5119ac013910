import type { Clock } from '#base/clock.ts';
import type { Ids } from '#base/ids.ts';
import type { Log } from '#base/log.ts';
import type { Database, Queries } from '#db/database.ts';
import type { StorageDriver } from '#drivers/storage/storage.ts';
import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { ImageContext } from './context.ts';
import { recordImage } from './images/create.ts';
import { deleteImage } from './images/delete.ts';
import { discardImage, fillImage } from './images/for-snapshots.ts';
import { type Image, mayView } from './images/image.ts';
import { type SeededImage, seedImage } from './images/seed.ts';
import {
  discardSnapshot,
  fillSnapshot,
  type NewSnapshot,
  recordSnapshot,
} from './images/snapshot.ts';
import { findImage, imagesWithProperties } from './images/store.ts';
import { changeProperties } from './images/update.ts';
import type { ListQuery } from './listing/filter.ts';
import { type ImagePageAsked, listForService } from './listing/list-for-service.ts';
import { abandonInterruptedUploads } from './reconcilers/interrupted-uploads.ts';
import { removeOrphanedData } from './reconcilers/orphaned-data.ts';

export type { Image, ImageStatus, ImageVisibility } from './images/image.ts';
export type { SeededImage } from './images/seed.ts';
export type { NewSnapshot } from './images/snapshot.ts';
export type { ImagePageAsked } from './listing/list-for-service.ts';
export { imageThing } from './thing.ts';

export interface ImageService {
  /** For this service's own endpoints. */
  readonly context: ImageContext;
  /** Any project's image, for operations that were allowed to use it when they were recorded. */
  find(imageId: string): Promise<Image | undefined>;
  /** What the actor may use: its own, public, community and shared with its project. */
  findVisible(actor: Actor, imageId: string): Promise<Image | undefined>;
  /** A page of what the actor may see; undefined when the marker is no such image. */
  list(actor: Actor, query: ListQuery, page: ImagePageAsked): Promise<Image[] | undefined>;
  /** Makes an image's free-form properties what `change` makes of them. */
  changeProperties(
    actor: Actor,
    image: Allowed<Image>,
    change: (known: Image['properties']) => Image['properties'],
  ): Promise<Image['properties']>;
  /** Records an image that waits for its data, with all else that the transaction records. */
  record(tx: Queries, actor: Actor, asked: Readonly<Record<string, unknown>>): Promise<Image>;
  /** Fills one that waits. @throws ImageNotFound where it is gone */
  fill(
    actor: Actor,
    imageId: string,
    format: 'qcow2' | 'raw',
    chunks: AsyncIterable<Uint8Array>,
  ): Promise<void>;
  /** Removes an image, if it is still there and not protected. */
  discard(actor: Actor, imageId: string): Promise<void>;
  /** A project's own images that have all these properties. */
  withProperties(projectId: string, wanted: Readonly<Record<string, string>>): Promise<Image[]>;
  remove(actor: Actor, image: Allowed<Image>): Promise<void>;
  /** An image of a server's disk, recorded in the caller's transaction, without data. */
  recordSnapshot(tx: Queries, snapshot: NewSnapshot): Promise<void>;
  /** Fills it unless it has its data; throws when it is gone, or the data are no good. */
  fillSnapshot(imageId: string, open: () => Promise<AsyncIterable<Uint8Array>>): Promise<void>;
  /** Removes it and its data; nothing happens when it is gone. */
  discardSnapshot(imageId: string): Promise<void>;
  /** A public image of a file; does nothing when there is one of that name with these data. */
  seed(image: SeededImage): Promise<void>;
  /** Mends what an earlier process left half done; once, before the first upload. */
  start(): Promise<void>;
  /** Resolves when no data are being removed behind a request's back. */
  whenIdle(): Promise<void>;
}

export interface ImageDependencies {
  database: Database;
  clock: Clock;
  ids: Ids;
  log: Log;
  storage: StorageDriver;
}

export function createImages(deps: ImageDependencies): ImageService {
  const atWork = new Set<Promise<void>>();
  const context: ImageContext = {
    ...deps,
    background: (work) => runBehind(work, atWork, deps.log),
  };
  const { queries } = deps.database;
  let started: Promise<void> | undefined;
  const start = () => {
    started ??= mend(context);
    return started;
  };
  return {
    context,
    find: (imageId) => findImage(queries, imageId),
    findVisible: async (actor, imageId) => {
      const image = await findImage(queries, imageId);
      return image && mayView(actor, image) ? image : undefined;
    },
    list: (actor, query, page) => listForService(context, actor, query, page),
    changeProperties: (actor, image, change) => changeProperties(context, actor, image, change),
    record: (tx, actor, asked) => recordImage(context, tx, actor, asked),
    fill: (actor, imageId, format, chunks) => fillImage(context, actor, imageId, format, chunks),
    discard: (actor, imageId) => discardImage(context, actor, imageId),
    withProperties: (projectId, wanted) => imagesWithProperties(queries, projectId, wanted),
    remove: (actor, image) => deleteImage(context, actor, image),
    recordSnapshot: (tx, snapshot) => recordSnapshot(context, tx, snapshot),
    fillSnapshot: (imageId, open) => fillSnapshot(context, imageId, open),
    discardSnapshot: (imageId) => discardSnapshot(context, imageId),
    seed: async (image) => {
      // The mending must not take a seeding under way for an upload that was cut off.
      await start();
      await seedImage(context, image);
    },
    start,
    whenIdle: async () => {
      while (atWork.size > 0) await Promise.all(atWork);
    },
  };
}

async function mend(context: ImageContext): Promise<void> {
  await abandonInterruptedUploads(context);
  await removeOrphanedData(context);
}

function runBehind(work: () => Promise<void>, atWork: Set<Promise<void>>, log: Log): void {
  const running = work()
    .catch((error: Error) => {
      // Nothing is lost: what was to be done is recorded and done at the next start.
      log.error({ error: error.stack }, 'data of a deleted image could not be removed');
    })
    .finally(() => atWork.delete(running));
  atWork.add(running);
}
