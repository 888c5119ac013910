/** One microversion: what it brought, in our words, and to which endpoints. */
export interface HistoryRow {
  /** `2.73`. */
  version: string;
  change: string;
  /**
   * `POST /servers/{id}/action lock`. The method may be `*`, and a path that ends in `/**` means
   * itself and all below it. Names of parameters do not matter. Also those that are not served.
   */
  touches: readonly string[];
}

/** Touches whatever declares a change in that version. */
export const everything = '* /**';

export function row(version: string, change: string, ...touches: string[]): HistoryRow {
  return { version, change, touches };
}

/** Whether an endpoint is one of those that a row's `touches` speak of. */
export function isTouched(
  { touches }: HistoryRow,
  endpoint: { method: string; path: string; action?: string | undefined },
): boolean {
  return touches.some((touch) => {
    const [method, path = '', action] = touch.split(' ');
    if (method !== '*' && method !== endpoint.method) return false;
    if (action !== undefined && action !== endpoint.action) return false;
    const asked = unnamed(endpoint.path);
    if (!path.endsWith('/**')) {
      return asked === unnamed(path) && (action !== undefined || endpoint.action === undefined);
    }
    const above = unnamed(path.slice(0, -'/**'.length));
    return asked === above || asked.startsWith(`${above}/`);
  });
}

function unnamed(path: string): string {
  return path.replaceAll(/\{\w+\}/g, '{}');
}
