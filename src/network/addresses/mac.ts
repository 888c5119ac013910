/** Neutron's default `base_mac`; the rest is drawn. */
const prefix = 'fa:16:3e';

/** @param randomHex at least six unpredictable hexadecimal characters. */
export function makeMac(randomHex: string): string {
  return `${prefix}:${randomHex.slice(0, 2)}:${randomHex.slice(2, 4)}:${randomHex.slice(4, 6)}`;
}

/**
 * `FA-16-3E-00-00-01` → `fa:16:3e:00:00:01`.
 * @returns undefined for what is no MAC, or one that no single host can have.
 */
export function parseMac(text: string): string | undefined {
  if (!/^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(text)) return undefined;
  const mac = text.toLowerCase().replaceAll('-', ':');
  const isGroup = (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1;
  return isGroup || mac === '00:00:00:00:00:00' ? undefined : mac;
}
