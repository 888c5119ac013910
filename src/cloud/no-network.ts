import type { NetworkDriver } from '#drivers/network/network.ts';

const refuse = () => Promise.reject(new Error('networks are wired where agents are, not here'));
const nothing = async () => undefined;

/** For a process without hosts: what it decides of networks waits for one that has some. */
export const noNetwork: NetworkDriver = {
  facts: {
    kind: 'none',
    reason: 'this process has no host',
    losses: [],
    // Nobody here answers guests, so that a server takes along what it must know.
    metadataReachable: false,
  },
  ensureNetwork: refuse,
  removeNetwork: refuse,
  ensureRouter: refuse,
  removeRouter: refuse,
  plugPort: refuse,
  updatePort: refuse,
  unplugPort: refuse,
  inventory: async () => ({ networkIds: [], routerIds: [], portIds: [] }),
  onGuestConnection: () => undefined,
  removeAll: nothing,
  close: nothing,
};
