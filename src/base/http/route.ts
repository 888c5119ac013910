/** One HTTP request, parsed but not yet believed. */
export interface HttpRequest {
  method: string;
  /** Path as sent, without query. */
  path: string;
  /** Path and query as sent. */
  url: string;
  params: Record<string, string>;
  query: Record<string, unknown>;
  /** Parsed JSON, undefined when none came, or the raw stream for routes that stream. */
  body: unknown;
  /**
   * The body's bytes as they came, whatever was made of them; undefined where they pass through as
   * a stream. Throws RequestTooLarge.
   */
  rawBody(): Promise<Uint8Array | undefined>;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  requestId: string;
  /** Address of the peer. */
  remoteAddress: string;
  /** Aborted when the client goes away before the answer. */
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** An object is sent as JSON; a string, bytes or a stream as they are. */
  body: unknown;
}

/** Everything that happens on one path pattern, all methods together, so that 405 is exact. */
export interface HttpRoute {
  /** find-my-way pattern: `/v2.1/:project_id/servers/:server_id`. */
  url: string;
  methods: readonly string[];
  /** Content types that a method takes as a stream instead of JSON. */
  streams: Readonly<Record<string, readonly string[]>>;
  handle(request: HttpRequest): Promise<HttpAnswer>;
}
