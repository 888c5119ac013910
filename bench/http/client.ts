import { Connection, type RawAnswer, requestText } from './connection.ts';

/** Speaks JSON as one user of one project, over one connection of its own. */
export class Client {
  readonly url: string;
  readonly token: string;
  readonly projectId: string;
  #connection: Connection;

  private constructor(url: string, token: string, projectId: string, connection: Connection) {
    this.url = url;
    this.token = token;
    this.projectId = projectId;
    this.#connection = connection;
  }

  /** @param user who logs in, to the project of the same name. */
  static async logIn(url: string, user: string, password: string): Promise<Client> {
    const connection = await Connection.open(url);
    const request = requestText('POST', '/v3/auth/tokens', '', loginBody(user, password));
    const answer = await connection.send(request);
    requireStatus(answer, 201);
    const token = /\r\nx-subject-token: *(\S+)/i.exec(answer.head)?.[1] ?? '';
    const { project } = JSON.parse(answer.body.toString('utf8')).token;
    return new Client(url, token, project.id, connection);
  }

  /** Another connection of the same user. */
  async another(): Promise<Client> {
    return new Client(this.url, this.token, this.projectId, await Connection.open(this.url));
  }

  /** The request as text, for those who send it many times. */
  text(method: string, path: string, body?: unknown, microversion?: string): string {
    return requestText(method, path, this.token, body, microversion);
  }

  /** Throws on any other status. @returns the parsed body. */
  async request<Body>(
    method: string,
    path: string,
    status: number,
    body?: unknown,
    microversion?: string,
  ): Promise<Body> {
    const answer = await this.answer(method, path, body, microversion);
    requireStatus(answer, status);
    return JSON.parse(answer.body.toString('utf8') || 'null') as Body;
  }

  answer(method: string, path: string, body?: unknown, version?: string): Promise<RawAnswer> {
    return this.#connection.send(this.text(method, path, body, version));
  }

  async get<Body>(path: string, microversion?: string): Promise<Body> {
    const text = requestText('GET', path, this.token, undefined, microversion);
    const answer = await this.#connection.send(text);
    requireStatus(answer, 200);
    return JSON.parse(answer.body.toString('utf8')) as Body;
  }

  close(): void {
    this.#connection.close();
  }
}

export function requireStatus(answer: RawAnswer, status: number): void {
  if (answer.status === status) return;
  const text = answer.body.toString('utf8').slice(0, 500);
  throw new Error(`the cloud answered ${answer.status}: ${text}`);
}

/** The body of a log-in by password, scoped to the project of the user's own name. */
export function loginBody(user: string, password: string): object {
  const domain = { name: 'Default' };
  return {
    auth: {
      identity: { methods: ['password'], password: { user: { name: user, password, domain } } },
      scope: { project: { name: user, domain } },
    },
  };
}
