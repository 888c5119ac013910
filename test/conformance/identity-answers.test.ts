import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv, type ValidateFunction } from 'ajv';
import type { Client } from '#test/client.ts';
import { type IdentityCloud, rescoped, startIdentity } from '../api/identity/identity-cloud.ts';
import { explainedAnswers, playedElsewhere } from './identity-answers.ts';
import { changingPlays, type IdentityPlay, makingPlays } from './identity-plays.ts';
import { callName, readPublishedIdentity } from './published-identity.ts';
import { surfaceNamed } from './surface.ts';

const published = readPublishedIdentity();
const { endpoints } = surfaceNamed('identity-v3');

const parents = 'projects|users|domains|services|regions|roles|registered_limits';
const lastRemoved = new RegExp(`^/(${parents})/\\{\\w+\\}$|mappings|access_rules`);

const isPublished = (one: { method: string; path: string }) => published.has(callName(one));

/** Plays every call once and holds each answer to what the document says of it. */
class Stage {
  readonly known: Record<string, string>;
  readonly played = new Set<string>();
  readonly found: string[] = [];
  readonly #admin: Client;
  readonly #subject: string;
  readonly #validators = new Map<string, ValidateFunction>();
  // What the document calls a UUID is an id, and Keystone's ids have no dashes.
  readonly #ajv = new Ajv({
    strict: false,
    allErrors: true,
    formats: { uuid: /^.{1,64}$/, uri: /^\w+:/, 'date-time': /^\d{4}-\d\d-\d\dT/, regex: true },
  });

  constructor(cloud: IdentityCloud, admin: Client, subject: string) {
    this.#admin = admin;
    this.#subject = subject;
    this.known = {
      user_id: cloud.admin.userId ?? '',
      value: 'blue',
      other_region: 'other',
      idp_id: 'played',
      mapping_id: 'played',
      protocol_id: 'openid',
      sp_id: 'played',
      group: 'ldap',
      option: 'url',
    };
  }

  async play({ call, body, learns = {} }: IdentityPlay): Promise<void> {
    const [method = '', path = ''] = call.split(' ');
    const name = callName({ method, path });
    const headers = { 'x-subject-token': this.#subject };
    const filled = body === undefined ? undefined : JSON.parse(this.#fill(JSON.stringify(body)));
    const answer = await this.#admin.request(method, `/v3${this.#fill(path)}`, filled, headers);
    assert.ok(answer.status < 300, `${name}: ${answer.status} ${JSON.stringify(answer.body)}`);
    this.played.add(name);
    for (const [as, where] of Object.entries(learns)) {
      this.known[as] = where.split('.').reduce((at, key) => at[key], answer.body);
    }
    if (method !== 'HEAD') this.#holdToPublished(name, answer.body);
  }

  /** Whether all of its parameters are known. */
  canPlay(path: string): boolean {
    return [...path.matchAll(/\{(\w+)\}/g)].every(([, key = '']) => key in this.known);
  }

  #fill(text: string): string {
    return text.replaceAll(/\{([a-z_]+)\}/g, (_, key: string) => this.known[key] ?? `{${key}}`);
  }

  #holdToPublished(name: string, body: unknown): void {
    const schema = published.get(name)?.answer;
    // Keystone answers 204 where the document has an object without members.
    if (!schema || typeof body !== 'object' || body === null) return;
    const validate = this.#validators.get(name) ?? this.#ajv.compile(schema);
    this.#validators.set(name, validate);
    if (validate(body)) return;
    for (const { instancePath, message } of validate.errors ?? []) {
      this.found.push(`${name}: ${instancePath.replaceAll(/\/\d+/g, '/[]')} ${message}`);
    }
  }
}

test('every published call is played, and each answer has its published shape', async () => {
  await using cloud = await startIdentity();
  const admin = cloud.admin;
  const spare = await rescoped(admin, { project: { id: cloud.adminProjectId } });
  const stage = new Stage(cloud, admin, spare?.token ?? '');
  const identity = { methods: ['token'], token: { id: spare?.token } };
  await stage.play({ call: 'POST /auth/tokens', body: { auth: { identity } } });
  for (const play of makingPlays) await stage.play(play);
  const reads = endpoints.filter(
    (one) =>
      one.method === 'GET' && one.status < 300 && isPublished(one) && stage.canPlay(one.path),
  );
  for (const { path } of reads) {
    if (path.endsWith('/auth')) continue;
    await stage.play({ call: `GET ${path}` });
    await stage.play({ call: `HEAD ${path}` });
  }
  for (const play of changingPlays) await stage.play(play);
  const removals = endpoints.filter(
    (one) => one.method === 'DELETE' && isPublished(one) && stage.canPlay(one.path),
  );
  // What is nested goes before what it stands in; what others depend on goes last.
  const rank = (path: string) => (lastRemoved.test(path) ? 0 : path.split('/').length);
  removals.sort((a, b) => rank(b.path) - rank(a.path));
  for (const { path } of removals) {
    const whose = path === '/users/{user_id}' ? '/users/{other_user_id}' : path;
    await stage.play({ call: `DELETE ${whose}` });
  }
  const served = endpoints.filter((one) => one.status < 300 && isPublished(one)).map(callName);
  const missed = served.filter((name) => !stage.played.has(name));
  assert.deepEqual(missed.sort(), [...playedElsewhere].sort());
  const strange = stage.found.filter((line) => !explainedAnswers.some(({ is }) => is.test(line)));
  assert.deepEqual([...new Set(strange)], []);
  const idle = explainedAnswers.filter(({ is }) => !stage.found.some((line) => is.test(line)));
  assert.deepEqual(idle, []);
});
