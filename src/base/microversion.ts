/** A microversion of one API, for example 2.96. Compared as numbers, never as text. */
export interface Microversion {
  major: number;
  minor: number;
}

const pattern = /^([1-9]\d{0,2})\.(0|[1-9]\d{0,3})$/;

/** `2.96` → { major: 2, minor: 96 }; undefined when it is not written as a version. */
export function parseMicroversion(text: string): Microversion | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  return { major: Number(match[1]), minor: Number(match[2]) };
}

export function formatMicroversion(version: Microversion): string {
  return `${version.major}.${version.minor}`;
}

export function compareMicroversions(a: Microversion, b: Microversion): number {
  return a.major - b.major || a.minor - b.minor;
}

/** The versions in which something exists, both ends included; an absent end is open. */
export interface VersionRange {
  since?: string | undefined;
  until?: string | undefined;
}

/** Ranges are written by us, so a malformed one is a mistake in the code. */
function mustParse(text: string): Microversion {
  const version = parseMicroversion(text);
  if (!version) throw new Error(`not a microversion: ${text}`);
  return version;
}

export function withinRange(version: Microversion, range: VersionRange): boolean {
  if (range.since && compareMicroversions(version, mustParse(range.since)) < 0) return false;
  if (range.until && compareMicroversions(version, mustParse(range.until)) > 0) return false;
  return true;
}
