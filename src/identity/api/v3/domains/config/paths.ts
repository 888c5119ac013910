const whole = '/domains/{domain_id}/config';

/** All options, one group, one option: the same calls for each. */
export const configPaths = [whole, `${whole}/{group}`, `${whole}/{group}/{option}`] as const;

/** The parameters are named by the path's form, which types can not follow. */
export function partOf({ params }: { params: unknown }): { group?: string; option?: string } {
  const { group, option } = params as Record<string, string>;
  return { ...(group !== undefined && { group }), ...(option !== undefined && { option }) };
}
