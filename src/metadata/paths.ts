import type { PlainAnswer } from '#base/http/socket-server.ts';
import {
  ec2MetaData,
  type GuestFacts,
  metaData,
  networkData,
  openstackVersions,
  userData,
} from './documents.ts';

const plain = 'text/plain; charset=utf-8';
const json = 'application/json';

/** Versions of the EC2 layout; all have the same content here. */
const ec2Versions = ['1.0', '2007-01-19', '2007-03-01', '2007-08-29', '2007-10-10'].concat([
  '2007-12-15',
  '2008-02-01',
  '2008-09-01',
  '2009-04-04',
  'latest',
]);

const notFound: PlainAnswer = { status: 404, contentType: plain, body: 'not found\n' };

/** What a guest reads at a path, in the OpenStack layout or in EC2's. */
export function answerPath(facts: GuestFacts, path: string): PlainAnswer {
  const names = path.split('/').filter((name) => name !== '');
  const [first, second, ...rest] = names;
  if (first === undefined) return text([...ec2Versions, 'openstack'].join('\n'));
  if (first === 'openstack') return answerOpenstack(facts, second, rest);
  if (!ec2Versions.includes(first)) return notFound;
  return answerEc2(facts, second, rest);
}

function answerOpenstack(
  facts: GuestFacts,
  version: string | undefined,
  rest: readonly string[],
): PlainAnswer {
  if (version === undefined) return text(openstackVersions.join('\n'));
  if (!openstackVersions.includes(version) || rest.length > 1) return notFound;
  const data = userData(facts);
  const [name] = rest;
  switch (name) {
    case undefined:
      return text(openstackFiles(data !== undefined).join('\n'));
    case 'meta_data.json':
      return document(metaData(facts));
    case 'network_data.json':
      return document(networkData(facts));
    case 'vendor_data.json':
    case 'vendor_data2.json':
      return document({});
    case 'user_data':
      return data ? { status: 200, contentType: 'application/octet-stream', body: data } : notFound;
    default:
      return notFound;
  }
}

function openstackFiles(hasUserData: boolean): string[] {
  const files = ['meta_data.json', 'network_data.json', 'vendor_data.json', 'vendor_data2.json'];
  return hasUserData ? [...files, 'user_data'] : files;
}

function answerEc2(
  facts: GuestFacts,
  kind: string | undefined,
  rest: readonly string[],
): PlainAnswer {
  const data = userData(facts);
  if (kind === undefined) return text(data ? 'meta-data/\nuser-data' : 'meta-data/');
  if (kind === 'user-data' && rest.length === 0) {
    return data ? { status: 200, contentType: 'application/octet-stream', body: data } : notFound;
  }
  if (kind !== 'meta-data') return notFound;
  return answerTree(facts, rest.join('/'));
}

/** A leaf's value, or the names in a folder, folders with a final slash. */
function answerTree(facts: GuestFacts, path: string): PlainAnswer {
  const values = ec2MetaData(facts);
  const value = Object.hasOwn(values, path) ? values[path] : undefined;
  if (value !== undefined) return text(value);
  // EC2 lists keys as `0=name`, which is how clients learn how many there are.
  if (path === 'public-keys') return facts.key ? text(`0=${facts.key.name}`) : notFound;
  const prefix = path === '' ? '' : `${path}/`;
  const names = new Set(
    Object.keys(values)
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length).replace(/\/.*$/, '/')),
  );
  return names.size === 0 ? notFound : text([...names].sort().join('\n'));
}

function text(body: string): PlainAnswer {
  return { status: 200, contentType: plain, body };
}

function document(value: object): PlainAnswer {
  return { status: 200, contentType: json, body: JSON.stringify(value) };
}
