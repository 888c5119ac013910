/** Every limit of the house, with its reason. Units stand last in the names. */
export const limits = {
  /** Largest JSON body: user data (64 KiB in base64) and personality files fit with room. */
  requestBodyBytes: 1024 * 1024,
  /** Nova's `osapi_max_limit`; the seed reference names 1000. */
  pageItems: 1000,
  /** Requests that take longer to arrive than this are cut: slow senders hold no connection. */
  requestReceiveMs: 30_000,
  keepAliveMs: 75_000,
  /** Header bytes Node accepts; tokens and links are far shorter. */
  headerBytes: 16 * 1024,
  /** Largest image; also what one upload can fill on the disk. */
  imageBytes: 256 * 1024 ** 3,
  /** Glance's `limit_param_default`: images on a page when the client names no limit. */
  imagePageItems: 25,
  /** Glance's quotas of tags, properties and members per image. */
  imageTags: 128,
  imageProperties: 128,
  imageMembers: 128,
  /** Glance keeps property values in a text column of this size. */
  imagePropertyChars: 65_535,
  /** Conditions of one list query: SQLite evaluates expressions up to a depth of 1000. */
  imageFilters: 128,
  /** Changes in one JSON patch: every property and base attribute, with room. */
  imagePatchChanges: 512,
  /** Operations that act at once; more wait in the table. */
  concurrentOperations: 32,
  /** After this an operation is failed and undone: no state only an operator can leave. */
  operationDeadlineMs: 10 * 60_000,
  /** Time a guest has to obey the power button (Nova's `shutdown_timeout` is also 60 s). */
  gracefulShutdownMs: 60_000,
  /** Migrations in one answer before 2.59, which had no pages. */
  migrationsUnpaged: 10_000,
  /** Nova's `token_ttl`: time to open a console after asking for it. */
  consoleTokenMs: 10 * 60_000,
  /** Serial console kept per guest. */
  consoleBytes: 1024 * 1024,
  /** Nova's `report_interval`: how often services tell that they are there. */
  heartbeatMs: 10_000,
  /** Nova's `service_down_time`: who was not heard of for so long is down. */
  serviceDownMs: 60_000,
  /** How often expired tokens and old operations are forgotten. */
  housekeepingMs: 10 * 60_000,
  /** Ended operations are kept this long for those who ask what happened. */
  endedOperationsMs: 7 * 24 * 3600_000,
  tokenLifetimeMs: 24 * 3600_000,
  /** Answers kept while the database does not change: a few of the longest lists. */
  keptAnswersBytes: 8 * 1024 * 1024,
  /** Tokens whose holders are kept in memory, about 1 KiB each. */
  cachedTokens: 10_000,
  /** Of the four threads of Node's pool, half stay free for files and name look-ups. */
  concurrentPasswordHashes: 2,
  /** Two at once, each some 0.4 s: the last in the queue waits 8 to 10 s, more are turned away. */
  waitingPasswordHashes: 40,
  /** Keystone's `max_project_tree_depth`. */
  projectTreeDepth: 5,
  userDataBytes: 65_535,
  /** Far above any quota in use; all of them are recorded in one transaction. */
  serversPerRequest: 1000,
  /** Hints stand in the server's row, which every list reads. */
  schedulerHintBytes: 8 * 1024,
  /** Nova's `max_local_block_devices`. */
  localBlockDevices: 3,
  /** NICs named for one new server; Nova has no bound, guests run out of slots before. */
  networksPerRequest: 64,
  blockDevicesPerRequest: 64,
  metadataItems: 128,
  /** Of one server, where its project's quota says -1. */
  metadataItemsWithoutQuota: 1024,
  /** The reference's chapter 23, and Nova's. */
  serverTags: 50,
  tagCharacters: 80,
  /** What a guest may say of its password: Nova keeps four pieces of 255 characters. */
  serverPasswordBytes: 1020,
  /** What administrators read of a failure; programs may write a lot before they end. */
  actionDetailCharacters: 16_384,
  /** Far above what any known flavor has; keeps a flavor's row small. */
  flavorExtraSpecs: 128,
  /** An RSA key of 16,384 bits takes under 3,000 characters. */
  publicKeyCharacters: 16_384,
};
