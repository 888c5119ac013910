import type { Row } from './reference-2017.ts';

const whole =
  'id links name ram OS-FLV-DISABLED:disabled vcpus swap os-flavor-access:is_public rxtx_factor ' +
  'OS-FLV-EXT-DATA:ephemeral disk';

const unknown = '3b8d6fef-af77-42ab-b8b7-5a7f0f0af8f2';

const lists = [
  ['6.1', 'flavors', 'id links name'],
  ['6.2', 'flavors/detail', whole],
] as const;

const sortKeys = ['name', 'memory_mb', 'vcpus', 'root_gb', 'flavorid'];

export const flavors: Row[] = [
  ...lists.flatMap(([chapter, list, members]): Row[] => [
    { says: chapter, send: `GET ${list}`, status: 200, members: `flavors[]: ${members}` },
    {
      says: `${chapter} a page`,
      send: `GET ${list}?limit=1`,
      status: 200,
      members: ': flavors flavors_links',
    },
    ...['minDisk=0&minRam=0', 'is_public=false', 'is_public=none', 'is_public=anything'].map(
      (query) => ({
        says: `${chapter} ${query}, by a member`,
        send: `GET ${list}?${query}`,
        status: 200,
        members: `flavors[]: ${members}`,
      }),
    ),
    {
      says: `${chapter} those that are not public`,
      send: `GET ${list}?is_public=false`,
      status: 200,
      answer: { flavors: [] },
      by: 'admin',
    },
    ...['minDisk=99999', 'minRam=99999999'].map((query) => ({
      says: `${chapter} ${query}`,
      send: `GET ${list}?${query}`,
      status: 200,
      answer: { flavors: [] },
    })),
    ...['minDisk=x', 'minRam=x', 'sort_dir=up', 'sort_key=colour'].map((query) => ({
      says: `${chapter} ${query}`,
      send: `GET ${list}?${query}`,
      status: 400,
    })),
    ...sortKeys.flatMap((key) =>
      ['asc', 'desc'].map((direction) => ({
        says: `${chapter} by ${key}, ${direction}`,
        send: `GET ${list}?sort_key=${key}&sort_dir=${direction}`,
        status: 200,
        members: `flavors[]: ${members}`,
      })),
    ),
  ]),
  { says: '6.3', send: 'GET flavors/FLAVOR', status: 200, members: `flavor: ${whole}` },
  { says: '6.3 none', send: `GET flavors/${unknown}`, status: 404 },
  {
    says: '6.4',
    send: 'GET flavors/FLAVOR/os-extra_specs',
    status: 200,
    answer: { extra_specs: {} },
  },
  { says: '6.4 none', send: `GET flavors/${unknown}/os-extra_specs`, status: 404 },
  {
    says: '6.4 a key of no form, dropped by nobody',
    send: 'POST flavors/FLAVOR/os-extra_specs',
    body: { extra_specs: { 'no/key': 'x' } },
    status: 400,
    by: 'admin',
  },
  {
    says: '18.1',
    send: 'GET os-availability-zone',
    status: 200,
    answer: {
      availabilityZoneInfo: [{ zoneName: 'nova', zoneState: { available: true }, hosts: null }],
    },
  },
];
