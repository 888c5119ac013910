const isoTime =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-]\d\d:?\d\d)?)?$/;

/** A moment of ISO 8601; without a zone it is meant in UTC. A blank stands where a `+` was sent. */
export function parseTime(value: string): number | undefined {
  const match = isoTime.exec(value.replace(/ (\d\d:?\d\d)$/, '+$1')) ?? isoTime.exec(value);
  if (!match) return undefined;
  const [, date, time = '00:00', zone = 'Z'] = match;
  const ms = Date.parse(`${date}T${time}${zone.replace(/(\d\d)(\d\d)$/, '$1:$2')}`);
  return Number.isNaN(ms) ? undefined : ms;
}
