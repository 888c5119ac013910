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
  /** Resizing, migrating and shelving copy whole disks, the longest at a slow pace. */
  moveDeadlineMs: 4 * 3600_000,
  /** A request to move on waits so long for the host that a server has left just now. */
  formerHostClearedMs: 2_000,
  /** How often a live migration's figures are written down. */
  migrationToldEveryMs: 500,
  /** Time a guest has to obey the power button (Nova's `shutdown_timeout` is also 60 s). */
  gracefulShutdownMs: 60_000,
  /** Migrations in one answer before 2.59, which had no pages. */
  migrationsUnpaged: 10_000,
  /** Nova's `token_ttl`: time to open a console after asking for it. */
  consoleTokenMs: 10 * 60_000,
  /** People who look at one server at once, and at all servers of this process. */
  consolesPerServer: 8,
  consolesAtOnce: 256,
  /** Largest frame that a console takes: a clipboard of text fits, a film does not. */
  consoleFrameBytes: 256 * 1024,
  /** Serial output kept for a reader that is slow; beyond it, output is skipped and said to be. */
  consoleBacklogBytes: 256 * 1024,
  /** How often a console looks whether its user may still look, where no event told so. */
  consoleCheckMs: 5_000,
  /** How often the other end is asked whether it is still there; two silences end the console. */
  consolePingMs: 30_000,
  /** A console whose user sent nothing for so long is closed. */
  consoleIdleMs: 60 * 60_000,
  /** Time for the other end to answer a farewell. */
  consoleFarewellMs: 1_000,
  /** Serial console kept per guest. */
  consoleBytes: 1024 * 1024,
  /** Nova's `report_interval`: how often services tell that they are there. */
  heartbeatMs: 10_000,
  /** What an agent only looks up or does at once; a busy machine may take a while. */
  agentAnswerMs: 60_000,
  /** What the agent inside a guest is given to answer, and how much it may say. */
  guestAgentMs: 10_000,
  guestAgentBytes: 256 * 1024,
  /** What takes as long as disks and guests do: the operation's own deadline comes first. */
  agentWorkMs: 11 * 60_000,
  /** Time an agent has to let go of what is called off; then it counts as gone. */
  agentCancelMs: 10_000,
  /** Older messages may be recordings; clocks of hosts differ by less. */
  messageAgeMs: 30_000,
  /** Nova's `service_down_time`: who was not heard of for so long is down. */
  serviceDownMs: 60_000,
  /** Without a beat for so long a host is awaited, and not asked again, by what can wait for it. */
  silentHostMs: 25_000,
  /** How often that looks whether the host is back, or down. */
  hostAwaitedMs: 5_000,
  /** How often what is deferred is looked through (Nova's periodic tasks: 60 s). */
  dueMs: 60_000,
  /** Nova's `sync_power_state_interval`: how often power is compared that no event told of. */
  powerComparisonMs: 10 * 60_000,
  /** How soon wires are mended that somebody else took away; a look costs some 50 ms. */
  wiresComparisonMs: 60_000,
  /** A guest that did not let go of a card is asked again after this, and not each minute. */
  mendingRetryMs: 10 * 60_000,
  /** What is of no server is left alone for so long: longer than anything is being made. */
  leftoverGraceMs: 15 * 60_000,
  /** Nova's `remove_unused_original_minimum_age_seconds`: images that no server of a host uses. */
  fetchedImageKeptMs: 24 * 3600_000,
  /** How often hosts give up what they kept for servers that did not come. */
  sweepMs: 10 * 60_000,
  /** How often expired tokens and old operations are forgotten. */
  housekeepingMs: 10 * 60_000,
  /** Ended operations are kept this long for those who ask what happened. */
  endedOperationsMs: 7 * 24 * 3600_000,
  /** Long enough to look back over a quarter. */
  auditRecordsMs: 92 * 24 * 3600_000,
  /** Refusals of unknown callers are counted per hour, and written once a second. */
  refusedCallsTogetherMs: 3600_000,
  refusedCallsWrittenMs: 1000,
  /** Rows for them: in an hour, of which one source has a part, and in all, some 400 bytes each. */
  refusedCallsPerHour: 250,
  refusedCallsPerSource: 32,
  refusedCallRows: 10_000,
  tokenLifetimeMs: 24 * 3600_000,
  /** Keystone's `allow_expired_window`: services finish what was begun with a token that ended. */
  expiredTokensShownMs: 48 * 3600_000,
  /** Answers kept while the database does not change: a few of the longest lists. */
  keptAnswersBytes: 8 * 1024 * 1024,
  /** Tokens whose holders are kept in memory, about 1 KiB each. */
  cachedTokens: 10_000,
  /** Huawei's: enough to put a new one in use before the old one goes. */
  accessKeysPerUser: 2,
  /** Temporary access keys whose documents are kept open, each of the size of such a one. */
  presentedTemporaryKeys: 1000,
  /** A whole policy in base64 fits, and beside it in Node's headers what else a client sends. */
  securityTokenCharacters: 10 * 1024,
  /** Huawei's bounds of a temporary access key, which lasts no longer than what it came from. */
  temporaryKeySeconds: { least: 900, most: 24 * 3600 },
  /** Huawei's gateway locks an access key for this long after so many wrong signatures in a row. */
  wrongSignatures: 5,
  accessKeyLockMs: 5 * 60_000,
  /** Access keys whose wrong signatures are counted, about 100 bytes each. */
  wronglySignedKeys: 10_000,
  /** Signed changes of one user that are known within half an hour, about 120 bytes each. */
  usedSignatures: 4096,
  usedSignaturesSweptMs: 60_000,
  /** Of the four threads of Node's pool, half stay free for files and name look-ups. */
  concurrentPasswordHashes: 2,
  /** Two at once, each some 0.4 s: the last in the queue waits 8 to 10 s, more are turned away. */
  waitingPasswordHashes: 40,
  /** Wrong logins for one name from one address, and from one address at all, per minute. */
  failedLoginsPerName: 8,
  failedLoginsPerAddress: 240,
  failedLoginsPerMs: 60_000,
  /** Devices and keys of one user; each device costs a login by code one more HMAC. */
  credentialsPerUser: 32,
  /** Time to bring a second factor after the first (Keystone's `receipt` expiration). */
  receiptLifetimeMs: 5 * 60_000,
  /** How often it is proven that what other processes on PostgreSQL say is heard, */
  hearingBeatMs: 1000,
  /** how old the proof may be with which memory is still trusted, */
  hearingProvenMs: 3000,
  /** after how long a connection that does not answer is given up, and a new one is tried. */
  hearingAnswerMs: 5000,
  hearingRetryMs: 500,
  /** Names and addresses of which failures are kept in mind, under 200 bytes each. */
  watchedLogins: 20_000,
  /** Names that nobody has are counted in so many rows: their work is that of known ones. */
  unknownLoginRows: 256,
  /** Keystone has no bound; a program needs one, and each is checked when a role goes. */
  applicationCredentialsPerUser: 100,
  accessRulesPerCredential: 100,
  trustsPerUser: 1000,
  /** Keystone's `auth_ttl` of credentials; it also bounds how far clocks differ. */
  ec2SignatureAgeMs: 15 * 60_000,
  /** Keystone's `max_redelegation_count`. */
  trustRedelegations: 3,
  /** The published quota of an account's own policies. */
  customPolicies: 200,
  /** Keystone's `max_project_tree_depth`. */
  projectTreeDepth: 5,
  /** A login waits for an OpenID provider as long as for anything else on the way. */
  issuerTimeoutMs: 5000,
  /** How long a provider's description of itself is believed. */
  issuerDescriptionMs: 10 * 60_000,
  /** Keystone's bound. */
  projectTags: 80,
  userDataBytes: 65_535,
  /** A volume of all that a request can bring, several times over; mostly it is empty. */
  configDriveBytes: 16 * 1024 ** 2,
  /** Of a disk that goes to another host, in one message: small beside what a process has. */
  diskPieceBytes: 512 * 1024,
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
