import type { Filter } from './filter.ts';

/** What the request's server group and hints want of the neighbours. */
export const neighbourFilters: readonly Filter[] = [
  {
    name: 'ServerGroupAntiAffinityFilter',
    reason: 'group',
    evenIfForced: true,
    concerns: ({ group }) => group?.policy === 'anti-affinity',
    passes: (host, { group }) => host.groupMembers < (group?.maxPerHost ?? 1),
  },
  {
    name: 'DifferentHostFilter',
    reason: 'hints',
    concerns: ({ hostsToAvoid }) => hostsToAvoid.size > 0,
    passes: (host, { hostsToAvoid }) => !hostsToAvoid.has(host.name),
  },
  {
    name: 'SameHostFilter',
    reason: 'hints',
    concerns: ({ hostsToShare }) => hostsToShare !== null,
    passes: (host, { hostsToShare }) => hostsToShare?.has(host.name) ?? true,
  },
];

/** Asked with the hosts at hand: the first member of an affinity group may go anywhere. */
export const affinityFilter: Filter = {
  name: 'ServerGroupAffinityFilter',
  reason: 'group',
  evenIfForced: true,
  concerns: ({ group }) => group?.policy === 'affinity',
  passes: (host) => host.groupMembers > 0,
};
