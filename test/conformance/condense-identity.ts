/**
 * Condenses the published OpenAPI document of the identity API into `identity-openapi.jsonl`: one
 * call per line with its statuses, query parameters, and the schemas of body and answer.
 * `node test/conformance/condense-identity.ts <file>`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

// biome-ignore lint/suspicious/noExplicitAny: a document of unknown shape is looked into
type Node = any;

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('name the OpenAPI document');
const document: Node = parse(readFileSync(file, 'utf8'));

/** What says something of a shape; the words around it are left out. */
const kept = new Set(
  'type properties items required enum format pattern oneOf anyOf additionalProperties'.split(' '),
);

const lines: string[] = [];
for (const [path, item] of Object.entries<Node>(document.paths)) {
  // The version documents at `/` are another surface, and older than the one at `/v3`.
  if (path === '/') continue;
  const below = path.replace(/^\/v3/, '').replaceAll(/\{\w+\}/g, '{}') || '/';
  for (const method of ['get', 'head', 'post', 'put', 'patch', 'delete']) {
    if (!item[method]) continue;
    lines.push(JSON.stringify([`${method.toUpperCase()} ${below}`, operation(item[method])]));
  }
}
writeFileSync(join(import.meta.dirname, 'identity-openapi.jsonl'), `${lines.sort().join('\n')}\n`);

function operation(node: Node) {
  const statuses = Object.keys(node.responses).filter((code) => code.startsWith('2'));
  const parameters: Node[] = (node.parameters ?? []).map(resolve);
  const [answer] = statuses.flatMap((code) => schemaOf(node.responses[code]) ?? []);
  const body = schemaOf(node.requestBody);
  return {
    statuses: statuses.map(Number),
    query: parameters.filter((one) => one.in === 'query').map((one) => one.name),
    ...(body && { body }),
    ...(answer && { answer }),
  };
}

function schemaOf(holder: Node): Node {
  const schema = holder?.content?.['application/json']?.schema;
  return schema === undefined ? undefined : condensed(schema);
}

function condensed(schema: Node): Node {
  const node = resolve(schema);
  if (Array.isArray(node)) return node.map(condensed);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries<Node>(node).filter(([name]) => kept.has(name));
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (name !== 'properties') return [name, condensed(value)];
      return [name, Object.fromEntries(Object.entries(value).map(([k, v]) => [k, condensed(v)]))];
    }),
  );
}

function resolve(node: Node): Node {
  if (!node?.$ref) return node;
  const path = String(node.$ref).slice(2).split('/');
  return resolve(path.reduce((at, key) => at[key], document));
}
