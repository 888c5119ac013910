import type { Microversion } from '#base/microversion.ts';

/** The microversions of v2.1; v2 speaks the minimum and nothing else. */
export const computeVersions: { minimum: Microversion; maximum: Microversion } = {
  minimum: { major: 2, minor: 1 },
  maximum: { major: 2, minor: 104 },
};
