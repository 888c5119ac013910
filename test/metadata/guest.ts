import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { TestCloud } from '#test/cloud.ts';

export interface GuestAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
}

export interface GuestRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** Asks 169.254.169.254 as whoever stands on that network with that address. */
export async function askAs(
  cloud: TestCloud,
  networkId: string,
  address: string,
  path: string,
  { body, ...options }: GuestRequest = {},
): Promise<GuestAnswer> {
  const { wires } = cloud.hosts;
  if (!wires) throw new Error('the cloud is not open');
  const socket = await wires.connectGuest(networkId, address);
  try {
    const asked = request({ path, ...options, createConnection: () => socket });
    asked.end(body);
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return { status: response.statusCode ?? 0, headers: response.headers, text };
  } finally {
    socket.destroy();
  }
}

/** A server's first address and the network it is on. */
export async function placeOf(cloud: TestCloud, serverId: string) {
  const { body } = await cloud.admin.get(`/v2.1/servers/${serverId}/os-interface`);
  const [port] = body.interfaceAttachments;
  return { networkId: port.net_id as string, address: port.fixed_ips[0].ip_address as string };
}
