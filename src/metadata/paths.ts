import type { PlainAnswer } from '#base/http/socket-server.ts';
import {
  contentPath,
  type GuestFacts,
  hasSince,
  metaData,
  openstackVersions,
  userData,
} from './documents.ts';
import { ec2MetaData, ec2Versions } from './ec2.ts';
import { networkData } from './network-data.ts';
import { passwordSince } from './password.ts';

const plain = 'text/plain; charset=utf-8';
const json = 'application/json';
const bytes = 'application/octet-stream';

const notFound: PlainAnswer = { status: 404, contentType: plain, body: 'not found\n' };

/** What a guest reads at a path, in the OpenStack layout or in EC2's. */
export function answerPath(facts: GuestFacts, path: string): PlainAnswer {
  const [layout, ...names] = path.split('/').filter((name) => name !== '');
  if (layout === undefined) return text(ec2Versions.join('\n'));
  if (layout !== 'openstack') return answerEc2(facts, layout, names);
  const [version, name, ...more] = names;
  if (version === undefined) return text(openstackVersions.join('\n'));
  if (version === 'content') return contentOf(facts, names);
  if (!openstackVersions.includes(version) || more.length > 0) return notFound;
  return answerOpenstack(facts, version, name);
}

/** The files of one version, in the order in which Nova names them. */
const openstackFiles: readonly { name: string; since: string }[] = [
  { name: 'meta_data.json', since: '2012-08-10' },
  { name: 'user_data', since: '2012-08-10' },
  { name: 'password', since: passwordSince },
  { name: 'vendor_data.json', since: '2013-10-17' },
  { name: 'network_data.json', since: '2015-10-15' },
  { name: 'vendor_data2.json', since: '2016-10-06' },
];

function answerOpenstack(
  facts: GuestFacts,
  version: string,
  name: string | undefined,
): PlainAnswer {
  const data = userData(facts);
  const present = openstackFiles
    .filter((file) => hasSince(version, file.since) && (data || file.name !== 'user_data'))
    .map((file) => file.name);
  if (name === undefined) return text(present.join('\n'));
  if (!present.includes(name)) return notFound;
  if (name === 'user_data') return { status: 200, contentType: bytes, body: data ?? '' };
  if (name === 'password') return text(facts.password);
  if (name === 'meta_data.json') return document(metaData(facts, version));
  return document(name === 'network_data.json' ? networkData(facts) : {});
}

/** A file that was sent along, by the name that `meta_data.json` gives it. */
function contentOf(facts: GuestFacts, names: readonly string[]): PlainAnswer {
  const path = `/${names.join('/')}`;
  const file = facts.files.find((_, index) => contentPath(index) === path);
  if (!file) return notFound;
  return { status: 200, contentType: bytes, body: Buffer.from(file.contents, 'base64') };
}

function answerEc2(facts: GuestFacts, version: string, names: readonly string[]): PlainAnswer {
  if (!ec2Versions.includes(version)) return notFound;
  const data = userData(facts);
  const [kind, ...rest] = names;
  if (kind === undefined) return text(data ? 'meta-data/\nuser-data' : 'meta-data/');
  if (kind === 'user-data' && rest.length === 0 && data) {
    return { status: 200, contentType: bytes, body: data };
  }
  return kind === 'meta-data' ? answerTree(facts, version, rest.join('/')) : notFound;
}

/** A leaf's value, or the names in a folder, folders with a final slash. */
function answerTree(facts: GuestFacts, version: string, path: string): PlainAnswer {
  const values = ec2MetaData(facts, version);
  const value = values.get(path);
  if (value !== undefined) return text(value);
  // EC2 lists keys as `0=name`, which is how clients learn how many there are.
  if (path === 'public-keys' && facts.key) return text(`0=${facts.key.name}`);
  const prefix = path === '' ? '' : `${path}/`;
  const names = new Set(
    [...values.keys()]
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
