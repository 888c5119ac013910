import { Type } from 'typebox';
import { closed, text } from '../answers.ts';

export const versionSchema = Type.Object(
  {
    id: text,
    status: text,
    updated: text,
    links: Type.Array(Type.Object({ rel: text, href: text }, closed)),
    'media-types': Type.Array(Type.Object({ base: text, type: text }, closed)),
  },
  closed,
);

/** The one version that Keystone still has. @param root where it answers, without final slash. */
export function versionBody(root: string): Record<string, unknown> {
  return {
    id: 'v3.14',
    status: 'stable',
    updated: '2020-04-07T00:00:00Z',
    links: [{ rel: 'self', href: `${root}/` }],
    'media-types': [
      { base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' },
    ],
  };
}
