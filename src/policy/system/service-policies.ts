import { allowing, each, type SystemPolicy } from './system-policy.ts';

const services = [
  { service: 'evs', catalog: 'EVS', noun: 'volumes' },
  { service: 'ims', catalog: 'IMS', noun: 'images' },
  { service: 'vpc', catalog: 'VPC', noun: 'networks' },
] as const;

/** `EVS FullAccess`, `EVS ReadOnlyAccess` and their like. */
export const servicePolicies: readonly SystemPolicy[] = services.flatMap(
  ({ service, catalog, noun }): SystemPolicy[] => [
    {
      name: `${catalog} FullAccess`,
      displayName: `${catalog} FullAccess`,
      type: 'XA',
      catalog,
      description: `All of ${noun}.`,
      document: allowing([`${service}:*:*`]),
    },
    {
      name: `${catalog} ReadOnlyAccess`,
      displayName: `${catalog} ReadOnlyAccess`,
      type: 'XA',
      catalog,
      description: `Looks at ${noun}.`,
      document: allowing(each(`${service}:*`, ['get*', 'list*'])),
    },
  ],
);
