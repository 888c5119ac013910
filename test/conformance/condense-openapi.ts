/**
 * Condenses the published OpenAPI document of the compute API into `openapi.jsonl`: for each
 * operation its versions, statuses and members. `node test/conformance/condense-openapi.ts <file>`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

// biome-ignore lint/suspicious/noExplicitAny: a document of unknown shape is looked into
type Node = any;

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('name the OpenAPI document');
const document: Node = parse(readFileSync(file, 'utf8'));

const lines: string[] = [];
for (const [path, item] of Object.entries<Node>(document.paths)) {
  // An alias whose lower half Nova's document repeats from `/servers`, and Nova does not serve.
  if (path.startsWith('/v2.1/os-volumes_boot/')) continue;
  const shortPath = path.replace('/v2.1', '').replaceAll(/\{\w+\}/g, '{}') || '/';
  for (const method of ['get', 'post', 'put', 'delete', 'patch', 'head']) {
    if (!item[method]) continue;
    lines.push(JSON.stringify([`${method.toUpperCase()} ${shortPath}`, operation(item[method])]));
  }
}
writeFileSync(join(import.meta.dirname, 'openapi.jsonl'), `${lines.sort().join('\n')}\n`);

function operation(node: Node) {
  const statuses = Object.keys(node.responses).filter((code) => code.startsWith('2'));
  const answers = statuses.flatMap((code) => contents(node.responses[code]));
  const query = (node.parameters ?? []).map(resolve).filter((one: Node) => one.in === 'query');
  return {
    ...range(node),
    statuses: statuses.map(Number),
    query: query.map((one: Node) => versioned(one.name, one)),
    bodies: contents(node.requestBody)
      .filter((body) => range(body).max !== '2.0')
      .map((body) => ({ ...range(body), members: members(body) })),
    answers: answers.map((answer) => members(answer)),
  };
}

/** The schemas of a body; alternatives become several. */
function contents(holder: Node): Node[] {
  const schema = holder?.content?.['application/json']?.schema;
  return schema === undefined ? [] : alternatives(schema);
}

function alternatives(schema: Node): Node[] {
  const found = resolve(schema);
  const isChoice = Array.isArray(found.oneOf) && !found.properties;
  return isChoice ? found.oneOf.flatMap(alternatives) : [found];
}

/** `server.name`, followed by the versions that have it where the description tells: `@2.19-`. */
function members(schema: Node, path = '', depth = 0): string[] {
  const node = resolve(schema);
  if (depth > 8) return [];
  const inside = [...(node.oneOf ?? []), ...(node.anyOf ?? []), ...(node.allOf ?? [])];
  const found = Object.entries<Node>(node.properties ?? {}).flatMap(([name, member]) => {
    const at = path === '' ? name : `${path}.${name}`;
    return [versioned(at, resolve(member)), ...members(member, at, depth + 1)];
  });
  const items = node.items ? members(node.items, `${path}[]`, depth + 1) : [];
  return [
    ...new Set([...found, ...items, ...inside.flatMap((one) => members(one, path, depth + 1))]),
  ];
}

function versioned(name: string, node: Node): string {
  const { min, max } = range(node);
  const text = String(node.description ?? '');
  const since = min ?? /New in version (2\.\d+)/.exec(text)?.[1];
  const until = max ?? /Available until version (2\.\d+)/.exec(text)?.[1];
  return since || until ? `${name}@${since ?? ''}-${until ?? ''}` : name;
}

function range(node: Node): { min?: string; max?: string } {
  const told = node['x-openstack'] ?? {};
  const { 'min-ver': min, 'max-ver': max } = told;
  return { ...(min && { min }), ...(max && { max }) };
}

function resolve(node: Node): Node {
  if (!node?.$ref) return node;
  const path = String(node.$ref).slice(2).split('/');
  return resolve(path.reduce((at, key) => at[key], document));
}
