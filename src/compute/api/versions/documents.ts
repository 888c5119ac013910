import { Type } from 'typebox';
import { formatMicroversion } from '#base/microversion.ts';
import { computeVersions } from './range.ts';

/** What one major version says of itself; `updated` are the dates that Nova gave them. */
interface MajorVersion {
  id: string;
  path: string;
  status: string;
  version: string;
  minVersion: string;
  updated: string;
  mediaType: string;
}

const mediaType = 'application/vnd.openstack.compute+json;version=';

export const v2: MajorVersion = {
  id: 'v2.0',
  path: '/v2/',
  status: 'SUPPORTED',
  version: '',
  minVersion: '',
  updated: '2011-01-21T11:33:21Z',
  mediaType: `${mediaType}2`,
};

export const v21: MajorVersion = {
  id: 'v2.1',
  path: '/v2.1/',
  status: 'CURRENT',
  version: formatMicroversion(computeVersions.maximum),
  minVersion: formatMicroversion(computeVersions.minimum),
  updated: '2013-07-23T11:33:21Z',
  mediaType: `${mediaType}2.1`,
};

const text = Type.String();
const closed = { additionalProperties: false };
const link = Type.Object({ rel: text, href: text, type: Type.Optional(text) }, closed);
const summary = {
  id: text,
  links: Type.Array(link),
  status: Type.Enum(['CURRENT', 'SUPPORTED', 'DEPRECATED']),
  version: text,
  min_version: text,
  updated: text,
};

export const versionsAnswer = Type.Object(
  { versions: Type.Array(Type.Object(summary, closed)) },
  closed,
);

const mediaTypes = Type.Array(Type.Object({ base: text, type: text }, closed));

export const versionAnswer = Type.Object(
  { version: Type.Object({ ...summary, 'media-types': mediaTypes }, closed) },
  closed,
);

export function versionSummary(version: MajorVersion, origin: string) {
  return {
    id: version.id,
    links: [{ rel: 'self', href: origin + version.path }],
    status: version.status,
    version: version.version,
    min_version: version.minVersion,
    updated: version.updated,
  };
}

export function versionDocument(version: MajorVersion, origin: string): object {
  const { links, ...summary } = versionSummary(version, origin);
  const describedBy = { rel: 'describedby', href: 'http://docs.openstack.org/', type: 'text/html' };
  return {
    version: {
      ...summary,
      links: [...links, describedBy],
      'media-types': [{ base: 'application/json', type: version.mediaType }],
    },
  };
}
