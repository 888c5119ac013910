import type { Exchange } from './answers.ts';

/** What came back: JSON parsed where it is JSON. */
export interface Answered {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into as clients do
  body: any;
}

export type HeaderValues = Record<string, string>;

/** Speaks HTTP as one user of one project; without a token, as nobody. */
export class Client {
  readonly url: string;
  readonly token: string | undefined;
  readonly projectId: string | undefined;
  readonly userId: string | undefined;
  /** Looks at every exchange, and throws where an answer is not what it should be. */
  check: (made: Exchange) => void = () => undefined;

  constructor(url: string, token?: string, projectId?: string, userId?: string) {
    this.url = url;
    this.token = token;
    this.projectId = projectId;
    this.userId = userId;
  }

  /** The same user with the same token, at another address. */
  at(url: string): Client {
    return new Client(url, this.token, this.projectId, this.userId).checkedBy(this.check);
  }

  checkedBy(check: (made: Exchange) => void): this {
    this.check = check;
    return this;
  }

  get(path: string, headers: HeaderValues = {}): Promise<Answered> {
    return this.request('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers: HeaderValues = {}): Promise<Answered> {
    return this.request('POST', path, body, headers);
  }

  put(path: string, body?: unknown, headers: HeaderValues = {}): Promise<Answered> {
    return this.request('PUT', path, body, headers);
  }

  patch(path: string, body?: unknown, headers: HeaderValues = {}): Promise<Answered> {
    return this.request('PATCH', path, body, headers);
  }

  delete(path: string, headers: HeaderValues = {}): Promise<Answered> {
    return this.request('DELETE', path, undefined, headers);
  }

  /** An object goes as JSON; a string or bytes as they are, with the caller's content type. */
  async request(
    method: string,
    path: string,
    body?: unknown,
    headers: HeaderValues = {},
  ): Promise<Answered> {
    const isRaw = typeof body === 'string' || body instanceof Uint8Array;
    const type = body === undefined || isRaw ? {} : { 'content-type': 'application/json' };
    const token = this.token === undefined ? {} : { 'x-auth-token': this.token };
    const response = await fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: { ...type, ...token, ...headers },
      ...(body !== undefined && { body: isRaw ? (body as string) : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
    const answered = {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    };
    const { status } = response;
    if (isJson) {
      this.check({ method, path, requestBody: body, requestHeaders: headers, ...answered, status });
    }
    return answered;
  }
}

/** Logs in by password, scoped to a project. */
export async function logIn(
  url: string,
  user: string,
  password: string,
  project: string,
): Promise<Client> {
  const nobody = new Client(url);
  const answer = await nobody.post('/v3/auth/tokens', {
    auth: {
      identity: {
        methods: ['password'],
        password: { user: { name: user, password, domain: { name: 'Default' } } },
      },
      scope: { project: { name: project, domain: { name: 'Default' } } },
    },
  });
  if (answer.status !== 201) throw new Error(`log-in of ${user}: ${JSON.stringify(answer.body)}`);
  const token = answer.headers.get('x-subject-token') ?? '';
  return new Client(url, token, answer.body.token.project.id, answer.body.token.user.id);
}
