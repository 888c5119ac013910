import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ApiError, requestErrors } from '#base/errors.ts';
import type { Ids } from '#base/ids.ts';
import { limits } from '#base/limits.ts';
import type { Log } from '#base/log.ts';
import { parseJsonBody, passThroughBody } from './bodies.ts';

/** One HTTP request, parsed but not yet believed. */
export interface HttpRequest {
  method: string;
  /** Path as sent, without query. */
  path: string;
  params: Record<string, string>;
  query: Record<string, unknown>;
  /** Parsed JSON, undefined when none came, or the raw stream for routes that stream. */
  body: unknown;
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

export interface HttpListenerOptions {
  routes: readonly HttpRoute[];
  /** Answers for refusals before or outside a route, in the shape that fits path and `Accept`. */
  renderError(error: ApiError, path: string, requestId: string, accept?: string): HttpAnswer;
  ids: Ids;
  log: Log;
}

export interface HttpListener {
  /** @returns the port, which matters when 0 was asked for. */
  listen(host: string, port: number): Promise<number>;
  /** The server itself, for WebSocket upgrades. */
  readonly server: Server;
  close(): Promise<void>;
}

const everyMethod = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export function openHttpListener(options: HttpListenerOptions): HttpListener {
  const app = fastify({
    logger: false,
    bodyLimit: limits.requestBodyBytes,
    keepAliveTimeout: limits.keepAliveMs,
    http: { maxHeaderSize: limits.headerBytes, headersTimeout: limits.requestReceiveMs },
    connectionTimeout: limits.keepAliveMs,
    genReqId: () => `req-${options.ids.uuid()}`,
    exposeHeadRoutes: false,
    frameworkErrors: (_error, request, reply) => {
      // An address that cannot be decoded names nothing.
      reply.header('x-openstack-request-id', request.id).header('x-request-id', request.id);
      const refusal = requestErrors.pathUnknown();
      send(reply, options.renderError(refusal, pathOf(request), request.id));
    },
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', passThroughBody);
  app.addContentTypeParser(/^application\/(.+[+-])?json/, { parseAs: 'string' }, parseJsonBody);
  for (const route of options.routes) addRoute(app, route);
  app.setNotFoundHandler((request, reply) => {
    const refusal = requestErrors.pathUnknown();
    const { accept } = request.headers;
    return send(reply, options.renderError(refusal, pathOf(request), request.id, accept));
  });
  app.setErrorHandler((error, request, reply) =>
    send(reply, renderAny(error as Error, request, options)),
  );
  addRequestLog(app, options.log);
  return {
    listen: async (host, port) => {
      await app.listen({ host, port });
      return (app.server.address() as AddressInfo).port;
    },
    server: app.server,
    close: () => app.close(),
  };
}

function addRoute(app: FastifyInstance, route: HttpRoute): void {
  app.route({
    method: everyMethod,
    url: route.url,
    config: { streams: route.streams },
    handler: async (request, reply) => {
      if (!route.methods.includes(request.method)) {
        const refusal = requestErrors.methodNotAllowed({ method: request.method });
        refusal.headers.allow = route.methods.join(', ');
        throw refusal;
      }
      return send(reply, await route.handle(readRequest(request)));
    },
  });
}

function readRequest(request: FastifyRequest): HttpRequest {
  let controller: AbortController | undefined;
  return {
    method: request.method,
    path: pathOf(request),
    params: request.params as Record<string, string>,
    query: request.query as Record<string, unknown>,
    body: request.body,
    headers: request.headers,
    requestId: request.id,
    remoteAddress: request.ip,
    get signal() {
      if (!controller) {
        const made = new AbortController();
        request.raw.once('aborted', () => made.abort(new Error('the client went away')));
        controller = made;
      }
      return controller.signal;
    },
  };
}

function pathOf(request: FastifyRequest): string {
  const mark = request.url.indexOf('?');
  return mark < 0 ? request.url : request.url.slice(0, mark);
}

function send(reply: FastifyReply, answer: HttpAnswer): FastifyReply {
  reply.code(answer.status).headers(answer.headers);
  const { body } = answer;
  if (body === undefined || body === null) return reply.send();
  if (typeof body === 'object' && isPlain(body)) {
    if (!reply.hasHeader('content-type')) reply.header('content-type', 'application/json');
    return reply.send(JSON.stringify(body));
  }
  return reply.send(body);
}

/** Streams and bytes have other prototypes; those go out as they are. */
function isPlain(body: object): boolean {
  const prototype = Object.getPrototypeOf(body);
  return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}

function renderAny(error: Error, request: FastifyRequest, options: HttpListenerOptions) {
  const refusal = error instanceof ApiError ? error : translate(error, request);
  if (refusal.kind === 'internal') {
    options.log.error(
      { requestId: request.id, method: request.method, path: pathOf(request), error: error.stack },
      'a request failed for a reason of ours',
    );
  }
  return options.renderError(refusal, pathOf(request), request.id, request.headers.accept);
}

/** Fastify's own refusals, in our terms. */
function translate(error: Error & { code?: string; statusCode?: number }, request: FastifyRequest) {
  const { code, statusCode } = error;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return requestErrors.bodyTooLarge({ maxBytes: limits.requestBodyBytes });
  }
  if (code?.startsWith('FST_ERR_CTP_INVALID')) {
    return requestErrors.typeUnsupported({ type: request.headers['content-type'] ?? 'none' });
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return requestErrors.bodyMalformed({ reason: error.message });
  }
  return requestErrors.internal({ requestId: request.id });
}

function addRequestLog(app: FastifyInstance, log: Log): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-openstack-request-id', request.id).header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const facts = {
      requestId: request.id,
      method: request.method,
      path: pathOf(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      from: request.ip,
    };
    log.info(facts, 'answered');
  });
}
