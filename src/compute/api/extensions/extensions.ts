import { Type } from 'typebox';
import { defineError } from '#base/errors.ts';
import { commonExtensions, legacyExtensions } from './names.ts';

/** A part of the API, from the days when it was put together from extensions. */
export interface Extension {
  alias: string;
  name: string;
  description: string;
}

/** What a surface lists; the legacy one always had a little more. */
export function extensionsOf(surface: string): readonly Extension[] {
  return surface === 'compute-v2' ? legacyExtensions : commonExtensions;
}

export const extensionUnknown = defineError<{ alias: string }>({
  code: 'ExtensionNotFound',
  kind: 'not-found',
  message: ({ alias }) => `Extension ${alias} could not be found.`,
});

const text = Type.String();

export const extensionSchema = Type.Object(
  {
    alias: text,
    name: text,
    description: text,
    links: Type.Array(Type.Never()),
    namespace: text,
    updated: text,
  },
  { additionalProperties: false },
);

/** The other members were made up by Nova, too, once extensions had come to an end. */
export function extensionWire(extension: Extension): object {
  return {
    ...extension,
    links: [],
    namespace: 'http://docs.openstack.org/compute/ext/fake_xml',
    updated: '2014-12-03T00:00:00Z',
  };
}
