import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ApiError, requestErrors } from '#base/errors.ts';
import type { Ids } from '#base/ids.ts';
import { limits } from '#base/limits.ts';
import type { Log } from '#base/log.ts';
import { parseJsonBody, passThroughBody, readRawBody } from './bodies.ts';
import { finderOf } from './find-route.ts';
import type { HttpAnswer, HttpRequest, HttpRoute } from './route.ts';
import { acceptWebSockets, mayUpgrade, type WebSocketDoor } from './web-sockets.ts';

export interface HttpListenerOptions {
  routes: readonly HttpRoute[];
  /** Answers for refusals before or outside a route, in the shape that fits path and `Accept`. */
  renderError(error: ApiError, path: string, requestId: string, accept?: string): HttpAnswer;
  /** Who takes WebSockets, if anybody does. */
  webSockets?: WebSocketDoor;
  ids: Ids;
  log: Log;
}

export interface HttpListener {
  /** @returns the port, which matters when 0 was asked for. */
  listen(host: string, port: number): Promise<number>;
  close(): Promise<void>;
}

const everyMethod = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export function openHttpListener(options: HttpListenerOptions): HttpListener {
  const { webSockets } = options;
  const app = fastify({
    logger: false,
    bodyLimit: limits.requestBodyBytes,
    keepAliveTimeout: limits.keepAliveMs,
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.requestReceiveMs,
      // Whoever offers another upgrade, as some clients do, is answered without it.
      shouldUpgradeCallback: (request) => webSockets !== undefined && mayUpgrade(request),
    },
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
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', passThroughBody);
  app.addContentTypeParser(/^application\/(.+[+-])?json/, { parseAs: 'buffer' }, parseJsonBody);
  app.decorateRequest('rawBody', null);
  addRoutes(app, options.routes);
  app.setNotFoundHandler((request, reply) => {
    const refusal = requestErrors.pathUnknown();
    const { accept } = request.headers;
    return send(reply, options.renderError(refusal, pathOf(request), request.id, accept));
  });
  app.setErrorHandler((error, request, reply) =>
    send(reply, renderAny(error as Error, request, options)),
  );
  addRequestLog(app, options.log);
  if (webSockets) acceptWebSockets(app.server, webSockets, options);
  return {
    listen: async (host, port) => {
      await app.listen({ host, port });
      return (app.server.address() as AddressInfo).port;
    },
    close: () => app.close(),
  };
}

/**
 * The framework sees one route for all addresses; ours are looked up beside it, each once for all
 * methods. It would keep a tree for each method, and compile functions for each route in each of
 * them, which made a sixth of a start.
 */
function addRoutes(app: FastifyInstance, routes: readonly HttpRoute[]): void {
  const find = finderOf(routes);
  app.decorateRequest('found', null);
  app.addHook('onRequest', (request, _reply, done) => {
    request.found = find(request.url);
    done();
  });
  app.route({
    method: everyMethod,
    url: '/*',
    handler: async (request, reply) => {
      if (!request.found) throw requestErrors.pathUnknown();
      const { route, params } = request.found;
      if (!route.methods.includes(request.method)) {
        const refusal = requestErrors.methodNotAllowed({ method: request.method });
        refusal.headers.allow = route.methods.join(', ');
        throw refusal;
      }
      return send(reply, await route.handle(readRequest(request, params)));
    },
  });
}

function readRequest(request: FastifyRequest, params: HttpRequest['params']): HttpRequest {
  let controller: AbortController | undefined;
  return {
    method: request.method,
    path: pathOf(request),
    url: request.url,
    params,
    query: request.query as Record<string, unknown>,
    body: request.body,
    rawBody: () => readRawBody(request),
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

/** A path parameter that is called a token is a secret. */
function withoutSecrets(request: FastifyRequest): string {
  const path = pathOf(request);
  return request.found?.params.token ? path.replace(/[^/]+\/?$/, '[token]') : path;
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
      {
        requestId: request.id,
        method: request.method,
        path: withoutSecrets(request),
        error: error.stack,
      },
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
      path: withoutSecrets(request),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      from: request.ip,
    };
    log.info(facts, 'answered');
  });
}
