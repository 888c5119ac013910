import { ApiError, defineError } from '#base/errors.ts';
import {
  compareMicroversions,
  formatMicroversion,
  type Microversion,
  parseMicroversion,
} from '#base/microversion.ts';
import type { Versioning } from './surface.ts';

export const versionErrors = {
  notGlobal: defineError<{ asked: string; minimum: string; maximum: string }>({
    code: 'InvalidGlobalAPIVersion',
    kind: 'not-acceptable',
    message: ({ asked, minimum, maximum }) =>
      `Version ${asked} is not supported by the API. Minimum is ${minimum} and maximum is ` +
      `${maximum}.`,
  }),
  malformed: defineError<{ asked: string }>({
    code: 'InvalidAPIVersionString',
    kind: 'bad-request',
    message: ({ asked }) =>
      `API Version String ${asked} is of invalid format. Must be of format MajorNum.MinorNum.`,
  }),
};

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The version a request asks for. `OpenStack-API-Version: <service> <version>` wins over the older
 * header of the service; `latest` means the maximum; no header means the minimum.
 */
export function negotiateVersion(headers: Headers, versioning: Versioning): Microversion {
  const asked = askedVersion(headers, versioning);
  if (asked === undefined) return versioning.minimum;
  if (asked.toLowerCase() === 'latest') return versioning.maximum;
  const version = parseMicroversion(asked);
  if (!version) throw versionErrors.malformed({ asked });
  const inRange =
    compareMicroversions(version, versioning.minimum) >= 0 &&
    compareMicroversions(version, versioning.maximum) <= 0;
  if (inRange) return version;
  const refusal = versionErrors.notGlobal({
    asked,
    minimum: formatMicroversion(versioning.minimum),
    maximum: formatMicroversion(versioning.maximum),
  });
  const { code, kind, message } = refusal;
  throw new ApiError(code, kind, message, versionHeaders(versioning.maximum, versioning));
}

function askedVersion(headers: Headers, versioning: Versioning): string | undefined {
  const header = headers['openstack-api-version'];
  if (header !== undefined) {
    // Several services may be named in one header, separated by commas.
    for (const part of String(header).split(',')) {
      const [service, version, ...rest] = part.trim().split(/\s+/);
      const known = service?.toLowerCase() === versioning.serviceType;
      if (known && version && rest.length === 0) return version;
    }
  }
  const legacy = versioning.legacyHeader ? headers[versioning.legacyHeader] : undefined;
  return legacy === undefined ? undefined : String(legacy).trim();
}

/** Sent with every answer of a versioned surface, so that caches keep versions apart. */
export function versionHeaders(
  version: Microversion,
  versioning: Versioning,
): Record<string, string> {
  const text = formatMicroversion(version);
  const headers: Record<string, string> = {
    'openstack-api-version': `${versioning.serviceType} ${text}`,
    vary: 'OpenStack-API-Version',
  };
  if (versioning.legacyHeader) {
    headers[versioning.legacyHeader] = text;
    headers.vary = `OpenStack-API-Version, ${versioning.legacyHeader}`;
  }
  return headers;
}
