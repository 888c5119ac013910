import type { TSchema } from 'typebox';
import type { Microversion } from '#base/microversion.ts';
import { schemaAt } from '#endpoints/versioned-schema.ts';

type Node = Record<string, unknown>;

/** What stands for "members that are not declared are refused". */
export const nothingElse = 'nothing else';

const structure = new Set([
  'properties',
  'patternProperties',
  'additionalProperties',
  'required',
  'items',
  'anyOf',
  'oneOf',
  'allOf',
]);

/**
 * A schema in one version, flat: each member's path (`servers[].flavor.id`) with its own rules.
 * Of alternatives that share a path all rules are kept, in one text that can be compared.
 */
export function membersOf(schema: TSchema, version: Microversion): Map<string, string> {
  const found = new Map<string, Set<string>>();
  visit(schemaAt(schema, version, false) as Node, '', found);
  const members = new Map<string, string>();
  for (const [path, facts] of found) {
    if (path !== '') members.set(path, [...facts].sort().join(' | '));
  }
  return members;
}

function visit(node: Node, path: string, found: Map<string, Set<string>>): void {
  // A shape of a way in that has one version only.
  if ('x-surface' in node) return;
  const own = Object.entries(node).filter(([key]) => !structure.has(key));
  note(found, path, own.length > 0 ? JSON.stringify(Object.fromEntries(own.sort())) : '');
  for (const alternatives of [node.anyOf, node.oneOf, node.allOf]) {
    for (const one of nodesOf(alternatives)) visit(one, path, found);
  }
  const required = Array.isArray(node.required) ? node.required : [];
  for (const [name, member] of membersIn(node.properties)) {
    const inside = path === '' ? name : `${path}.${name}`;
    if (required.includes(name)) note(found, inside, 'required');
    visit(member, inside, found);
  }
  for (const [, member] of membersIn(node.patternProperties)) {
    visit(member, `${path}${path === '' ? '' : '.'}*`, found);
  }
  if (isNode(node.items)) visit(node.items, `${path}[]`, found);
  if (node.additionalProperties === false) {
    note(found, `${path}${path === '' ? '' : '.'}${nothingElse}`, '');
  }
  if (isNode(node.additionalProperties)) {
    visit(node.additionalProperties, `${path}${path === '' ? '' : '.'}*`, found);
  }
}

function note(found: Map<string, Set<string>>, path: string, fact: string): void {
  const facts = found.get(path) ?? new Set();
  if (fact !== '') facts.add(fact);
  found.set(path, facts);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nodesOf(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function membersIn(value: unknown): [string, Node][] {
  if (!isNode(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    isNode(member) ? [[name, member]] : [],
  );
}
