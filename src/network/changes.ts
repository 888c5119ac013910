/** What a transaction touched, so that the reconcilers look at that and at nothing else. */
export interface Changes {
  networks: Set<string>;
  routers: Set<string>;
  /** Those that translate another address now, and should at once: they come first. */
  urgentRouters: Set<string>;
  /** Ports whose own filters, addresses or existence changed. */
  ports: Set<string>;
  /** Those of which somebody asked for the change, and waits for it: they come first. */
  urgentPorts: Set<string>;
  /** Groups whose rules or members changed: their ports, and those whose rules name them. */
  groups: Set<string>;
}

export function noChanges(): Changes {
  return {
    networks: new Set(),
    routers: new Set(),
    urgentRouters: new Set(),
    ports: new Set(),
    urgentPorts: new Set(),
    groups: new Set(),
  };
}

export function mergeChanges(into: Changes, from: Changes): void {
  for (const id of from.networks) into.networks.add(id);
  for (const id of from.routers) into.routers.add(id);
  for (const id of from.urgentRouters) into.urgentRouters.add(id);
  for (const id of from.ports) into.ports.add(id);
  for (const id of from.urgentPorts) into.urgentPorts.add(id);
  for (const id of from.groups) into.groups.add(id);
}
