import { openSocketServer, type PlainAnswer, type PlainRequest } from '#base/http/socket-server.ts';
import type { Log } from '#base/log.ts';
import type { GuestConnection } from '#drivers/network/network.ts';
import type { GuestFacts } from './documents.ts';
import { isPasswordPath, takePassword } from './password.ts';
import { answerPath } from './paths.ts';

/** Who may tell what a guest is; compute does. */
export interface GuestSource {
  guestFacts(serverId: string): Promise<GuestFacts | undefined>;
  /** False when there is one already. */
  setGuestPassword(serverId: string, encrypted: string): Promise<boolean>;
}

/** Who may tell which port an address belongs to; the network service does. */
export interface PortSource {
  portByAddress(
    networkId: string,
    address: string,
  ): Promise<{ serverId: string | null } | undefined>;
}

export interface MetadataService {
  accept(connection: GuestConnection): void;
  close(): void;
}

const plain = 'text/plain; charset=utf-8';

const noServer: PlainAnswer = {
  status: 404,
  contentType: plain,
  body: 'no server has this address\n',
};

/**
 * The service at 169.254.169.254. A guest is recognised by the network its connection came from
 * and the address it came with, which the port's filters keep it from forging; headers say nothing.
 */
export function openMetadataService(
  guests: GuestSource,
  ports: PortSource,
  log: Log,
): MetadataService {
  const answerGuest = async (guest: GuestFacts, request: PlainRequest) => {
    const keep = (encrypted: string) => guests.setGuestPassword(guest.serverId, encrypted);
    return request.method === 'POST'
      ? takePassword(request, keep)
      : answerPath(guest, request.path);
  };
  const server = openSocketServer(async (request, facts) => {
    const { networkId, address } = facts as Pick<GuestConnection, 'networkId' | 'address'>;
    const isPassword = request.method === 'POST' && isPasswordPath(request.path);
    if (request.method !== 'GET' && request.method !== 'HEAD' && !isPassword) {
      const headers = { allow: 'GET, HEAD' };
      return { status: 405, contentType: plain, body: 'method not allowed\n', headers };
    }
    const port = await ports.portByAddress(networkId, address);
    const guest = port?.serverId ? await guests.guestFacts(port.serverId) : undefined;
    const answer = guest ? await answerGuest(guest, request) : noServer;
    const { status } = answer;
    log.info({ networkId, address, path: request.path, status }, 'metadata answered');
    return answer;
  });
  return {
    accept: ({ socket, networkId, address }) => {
      server.accept(socket, { networkId, address: address.replace(/^::ffff:/, '') });
    },
    close: () => server.close(),
  };
}
