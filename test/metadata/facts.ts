import type { GuestAddressFacts, GuestFacts } from '#metadata/documents.ts';

export const serverId = '9d1f4f3c-6c1e-4a53-9a5e-1c2b3d4e5f60';

/** A guest with everything that can be given; `change` takes away. */
export function guestFacts(change: Partial<GuestFacts> = {}): GuestFacts {
  return {
    serverId,
    projectId: 'c0ffee00c0ffee00c0ffee00c0ffee00',
    name: 'Web 1',
    hostname: 'web-1',
    instanceType: 'm1.nano',
    imageId: '11112222-3333-4444-5555-666677778888',
    availabilityZone: 'nova',
    launchIndex: 2,
    reservationId: 'r-abcd1234',
    key: { name: 'mine', publicKey: 'ssh-ed25519 AAAA me' },
    userData: Buffer.from('#!/bin/sh\necho "ü"\n').toString('base64'),
    metadata: { role: 'web' },
    securityGroups: ['default', 'web'],
    adminPass: null,
    password: '',
    randomSeed: Buffer.alloc(512, 7).toString('base64'),
    nics: [nicFacts([addressFacts()])],
    files: [],
    ...change,
  };
}

export function nicFacts(addresses: GuestAddressFacts[], portId = 'b0b1b2b3-b4b5-4000-8000-0') {
  const networkId = 'a0a1a2a3-0000-4000-8000-000000000000';
  return { portId, networkId, macAddress: 'fa:16:3e:00:00:01', mtu: 1450, addresses };
}

export function addressFacts(change: Partial<GuestAddressFacts> = {}): GuestAddressFacts {
  return {
    address: '10.42.0.9',
    ipVersion: 4,
    prefixLength: 16,
    gateway: '10.42.0.1',
    isByDhcp: true,
    dnsServers: ['192.0.2.53'],
    hostRoutes: [],
    ...change,
  };
}
