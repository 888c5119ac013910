import type { Clock } from '#base/clock.ts';
import type { Ids } from '#base/ids.ts';
import type { Log } from '#base/log.ts';
import type { Database } from '#db/database.ts';
import type { StorageDriver } from '#drivers/storage/storage.ts';
import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { ImageContext } from './context.ts';
import { deleteImage } from './images/delete.ts';
import { type Image, mayView } from './images/image.ts';
import { type SeededImage, seedImage } from './images/seed.ts';
import { findImage } from './images/store.ts';
import { changeProperties } from './images/update.ts';
import type { ListQuery } from './listing/filter.ts';
import { type ImagePageAsked, listForService } from './listing/list-for-service.ts';
import { abandonInterruptedUploads } from './reconcilers/interrupted-uploads.ts';
import { removeOrphanedData } from './reconcilers/orphaned-data.ts';

export type { Image, ImageStatus, ImageVisibility } from './images/image.ts';
export type { SeededImage } from './images/seed.ts';
export type { ImagePageAsked } from './listing/list-for-service.ts';

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
  remove(actor: Actor, image: Allowed<Image>): Promise<void>;
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
    remove: (actor, image) => deleteImage(context, actor, image),
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
