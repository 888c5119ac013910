const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Where Nova refuses what could be no id with 400 rather than look for it. */
export function looksLikeUuid(text: string): boolean {
  return uuid.test(text);
}
