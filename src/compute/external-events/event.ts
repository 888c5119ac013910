/** What another service tells about something that a server has. */
export interface ExternalEvent {
  serverId: string;
  name: string;
  /** Which one: id of a port or volume, or the new power. */
  tag: string | undefined;
}

/** What became of one: taken, no such server, on no host, or without the tag that it needs. */
export type EventCode = 200 | 404 | 422 | 400;

/** Without a tag these do not say what they are about. */
export const eventsWithTag: ReadonlySet<string> = new Set([
  'volume-extended',
  'accelerator-request-bound',
  'volume-reimaged',
]);
