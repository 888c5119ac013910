/** Names in lower case, as they arrive. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** What the header `Authorization: SDK-HMAC-SHA256 …` says, with the date it was made at. */
export interface Signature {
  /** The access key: whose secret the request is signed with. */
  access: string;
  /** In the order in which they were signed. */
  signedHeaders: readonly string[];
  /** 64 lower-case hexadecimal digits. */
  value: string;
  /** `20191115T033655Z`, as it stands in X-Sdk-Date. */
  date: string;
  dateMs: number;
}

export const signatureAlgorithm = 'SDK-HMAC-SHA256';

/** Two dozen headers with long names fit; nothing that is longer is worth a look. */
const headerCharacters = 4096;

const pattern = new RegExp(
  `^${signatureAlgorithm} Access=(?<access>[A-Za-z0-9]{1,64}), ?` +
    'SignedHeaders=(?<names>[a-z0-9_-]{1,64}(?:;[a-z0-9_-]{1,64}){0,63}), ?' +
    'Signature=(?<value>[0-9a-f]{64})$',
);

/** Whether a request claims to be signed; then the signature counts, whatever else it shows. */
export function isSigned(headers: Headers): boolean {
  return String(headers.authorization ?? '').startsWith(signatureAlgorithm);
}

/** @returns undefined for what is not written as it must be, and for a date that is not signed. */
export function readSignature(headers: Headers): Signature | undefined {
  const header = String(headers.authorization ?? '');
  if (header.length > headerCharacters) return undefined;
  const { access, names, value } = pattern.exec(header)?.groups ?? {};
  if (access === undefined || names === undefined || value === undefined) return undefined;
  const signedHeaders = names.split(';');
  if (new Set(signedHeaders).size !== signedHeaders.length) return undefined;
  if (!signedHeaders.includes('x-sdk-date')) return undefined;
  const date = headers['x-sdk-date'];
  if (typeof date !== 'string') return undefined;
  const dateMs = readDate(date);
  return dateMs === undefined ? undefined : { access, signedHeaders, value, date, dateMs };
}

/** `20191115T033655Z` and no other form; 31 February is no date. */
function readDate(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const standard = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const ms = Date.parse(standard);
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== standard) return undefined;
  return ms;
}
