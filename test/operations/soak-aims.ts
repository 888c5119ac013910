import type { ServerAction } from '#compute/servers/action-rules.ts';
import type { TestCloud } from '#test/cloud.ts';
import { flavorId, makeImage, networkId } from '#test/servers.ts';
import type { Shown } from './soak-cloud.ts';

type Aim = (cloud: TestCloud, server: Shown) => Promise<object>;

/** An administrator says of the server's host whether it is down. */
export async function forceDown({ admin }: TestCloud, host: string, forced_down: boolean) {
  const headers = { 'openstack-api-version': 'compute 2.11' };
  const body = { host, binary: 'nova-compute', forced_down };
  await admin.request('PUT', '/v2.1/os-services/force-down', body, headers);
}

/** Bodies of actions that name other things, with things that are there. */
export const aims: Partial<Record<ServerAction, Aim>> = {
  rebuild: async ({ demo }) => ({ rebuild: { imageRef: await makeImage(demo) } }),
  resize: async ({ demo }, { flavor }) => {
    const other = flavor.original_name === 'm1.nano' ? 'm1.tiny' : 'm1.nano';
    return { resize: { flavorRef: await flavorId(demo, other) } };
  },
  evacuate: async (cloud, { host }) => {
    await forceDown(cloud, host, true);
    return { evacuate: { onSharedStorage: 'False' } };
  },
  'add-fixed-ip': async ({ demo }) => ({ addFixedIp: { networkId: await networkId(demo) } }),
  'remove-fixed-ip': async (_cloud, server) => ({
    removeFixedIp: { address: server.addresses.at(-1) ?? '192.0.2.1' },
  }),
  'add-floating-ip': async (cloud) => ({ addFloatingIp: { address: await floatingIp(cloud) } }),
  'remove-floating-ip': async (cloud) => ({
    removeFloatingIp: { address: await floatingIp(cloud) },
  }),
  'add-security-group': async () => ({ addSecurityGroup: { name: 'default' } }),
  'remove-security-group': async () => ({ removeSecurityGroup: { name: 'default' } }),
};

/** These are legal by the server's state and refused for what else they name. */
export const mayBeRefused: ReadonlySet<ServerAction> = new Set([
  'add-fixed-ip',
  'remove-fixed-ip',
  'add-floating-ip',
  'remove-floating-ip',
  'add-security-group',
  'remove-security-group',
]);

/** One address is enough: it goes from server to server. */
async function floatingIp({ demo }: TestCloud): Promise<string> {
  const known = await demo.get('/network/v2.0/floatingips');
  const [first] = known.body.floatingips;
  if (first) return first.floating_ip_address;
  const floating_network_id = await networkId(demo, 'public');
  const made = await demo.post('/network/v2.0/floatingips', {
    floatingip: { floating_network_id },
  });
  return made.body.floatingip.floating_ip_address;
}
