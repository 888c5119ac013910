/** The published tables that say what calls require. */
export const policySources = {
  S1: 'Elastic Cloud Server, API reference, permissions, 状态管理 (Chinese edition)',
  S2: 'Elastic Cloud Server, API reference, permissions, ECS Status Management (English edition)',
  S3: 'Elastic Volume Service, API reference, permissions, 云硬盘Actions (Chinese edition)',
} as const;

export type PolicySource = keyof typeof policySources;

interface SourcedCall {
  method: string;
  path: string;
  action?: string;
  /** Of the call below `/v2`. */
  v2: readonly PolicySource[];
  /** Of the same call below `/v2.1`, which S1 does not name. */
  'v2.1': readonly PolicySource[];
}

const act = '/servers/{server_id}/action';
const password = '/servers/{server_id}/os-server-password';

const sourced: readonly SourcedCall[] = [
  { method: 'POST', path: '/servers', v2: ['S1'], 'v2.1': [] },
  { method: 'POST', path: '/os-volumes_boot', v2: ['S1'], 'v2.1': [] },
  { method: 'DELETE', path: '/servers/{server_id}', v2: ['S1'], 'v2.1': [] },
  { method: 'PUT', path: '/servers/{server_id}', v2: ['S1'], 'v2.1': [] },
  { method: 'POST', path: act, action: 'os-start', v2: ['S1'], 'v2.1': [] },
  ...['os-stop', 'reboot', 'resize', 'rebuild', 'lock', 'unlock'].map(
    (action): SourcedCall => ({
      method: 'POST',
      path: act,
      action,
      v2: ['S1', 'S2'],
      'v2.1': ['S2'],
    }),
  ),
  { method: 'GET', path: password, v2: ['S1'], 'v2.1': [] },
  { method: 'DELETE', path: password, v2: ['S1'], 'v2.1': [] },
];

export interface NamedCall {
  method: string;
  path: string;
  action?: string | undefined;
}

/** Where the required actions of a call come from, in a few words. */
export function sourceOf(surface: string, call: NamedCall): string {
  const found = sourced.find(
    ({ method, path, action }) =>
      method === call.method && path === call.path && action === call.action,
  );
  if (!found || !/^compute-v2(\.1)?$/.test(surface)) return 'same grammar';
  if (surface === 'compute-v2') return found.v2.join(', ');
  const own = found['v2.1'].join(', ');
  return own === '' ? `${found.v2.join(', ')} for v2` : own;
}
