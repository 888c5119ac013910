import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { explain, placeServer, refusalOf } from '#scheduler/placement.ts';
import { choiceOf, hostNamed, requestOf } from './hosts.ts';

const [a, b] = [hostNamed('a'), hostNamed('b')];

describe('a host is chosen', () => {
  test('by free memory, processors and disk together, and by name among equals', () => {
    assert.equal(choiceOf([b, a]), 'a');
    assert.equal(choiceOf([hostNamed('a', { memoryMibUsed: 512 }), b]), 'b');
    assert.equal(choiceOf([hostNamed('a', { vcpusUsed: 1 }), b]), 'b');
    assert.equal(choiceOf([hostNamed('a', { diskGibUsed: 1 }), b]), 'b');
  });

  test('only where it is in use, up and in the zone that was asked for', () => {
    assert.equal(choiceOf([hostNamed('a', { isEnabled: false }), b]), 'b');
    assert.equal(choiceOf([hostNamed('a', { isUp: false }), b]), 'b');
    assert.equal(choiceOf([a, hostNamed('b', { zone: 'west' })], { zone: 'west' }), 'b');
    assert.equal(choiceOf([a, b], { zone: 'west' }), 'AvailabilityZoneFilter');
  });

  test('only where every resource has room, promises beyond what is there included', () => {
    const ratios = { vcpus: 2, memory: 1, disk: 1 };
    const tight = hostNamed('a', { vcpus: 2, memoryMib: 1024, diskGib: 10, ratios });
    assert.equal(choiceOf([tight], { vcpus: 2 }), 'a');
    assert.equal(choiceOf([{ ...tight, vcpusUsed: 2 }], { vcpus: 2 }), 'a');
    assert.equal(choiceOf([{ ...tight, vcpusUsed: 3 }], { vcpus: 2 }), 'VcpuFilter');
    // More processors than the host has cannot be had by any ratio.
    assert.equal(choiceOf([tight], { vcpus: 3 }), 'VcpuFilter');
    assert.equal(choiceOf([{ ...tight, memoryMibUsed: 513 }]), 'RamFilter');
    assert.equal(choiceOf([{ ...tight, diskGibUsed: 6 }]), 'DiskFilter');
  });

  test('among none at all it is refused without an error', () => {
    assert.equal(placeServer([], requestOf()).host, null);
  });
});

describe('a host that an administrator names', () => {
  const small = hostNamed('b', { vcpus: 1, aggregates: [{ filter_tenant_id: 'other' }] });

  test('is taken although filters that may be overruled speak against it', () => {
    assert.equal(choiceOf([a, small], { forcedHost: 'b' }), 'b');
    assert.equal(choiceOf([a, b], { forcedHost: 'b', hostsToAvoid: new Set(['b']) }), 'b');
  });

  test('must be there, be in use, have room and keep to the group', () => {
    assert.equal(choiceOf([a, b], { forcedHost: 'c' }), 'ForcedHostFilter');
    assert.equal(choiceOf([a, small], { forcedHost: 'b', vcpus: 2 }), 'VcpuFilter');
    const down = hostNamed('b', { isEnabled: false });
    assert.equal(choiceOf([a, down], { forcedHost: 'b' }), 'ForcedHostFilter');
    const taken = hostNamed('b', { groupMembers: 1 });
    const group = { policy: 'anti-affinity', maxPerHost: 1 } as const;
    const filter = 'ServerGroupAntiAffinityFilter';
    assert.equal(choiceOf([a, taken], { forcedHost: 'b', group }), filter);
  });
});

describe('a server group', () => {
  const full = hostNamed('b', { groupMembers: 2, memoryMibUsed: 4096, vcpusUsed: 4 });

  test('of anti-affinity takes hosts with fewer members than its rules allow', () => {
    const one = { policy: 'anti-affinity', maxPerHost: 1 } as const;
    assert.equal(choiceOf([hostNamed('a', { groupMembers: 1 }), b], { group: one }), 'b');
    const filter = 'ServerGroupAntiAffinityFilter';
    assert.equal(choiceOf([full], { group: one }), filter);
    assert.equal(choiceOf([full], { group: { ...one, maxPerHost: 3 } }), 'b');
  });

  test('of affinity follows its first member, which may go anywhere', () => {
    const group = { policy: 'affinity', maxPerHost: 1 } as const;
    assert.equal(choiceOf([a, b], { group }), 'a');
    assert.equal(choiceOf([a, full], { group }), 'b');
    const filter = 'ServerGroupAffinityFilter';
    assert.equal(
      choiceOf([a, hostNamed('b', { groupMembers: 1, vcpusUsed: 128 })], { group }),
      filter,
    );
  });

  test('of a soft policy prefers, over any spread, and never refuses', () => {
    const near = { policy: 'soft-affinity', maxPerHost: 1 } as const;
    assert.equal(choiceOf([a, full], { group: near }), 'b');
    const far = { policy: 'soft-anti-affinity', maxPerHost: 1 } as const;
    const loaded = hostNamed('a', { memoryMibUsed: 8192, vcpusUsed: 64, diskGibUsed: 90 });
    assert.equal(choiceOf([loaded, hostNamed('b', { groupMembers: 1 })], { group: far }), 'a');
    assert.equal(choiceOf([hostNamed('b', { groupMembers: 5 })], { group: far }), 'b');
  });
});

describe('hints', () => {
  test('keep away from some servers and near to others', () => {
    assert.equal(choiceOf([a, b], { hostsToAvoid: new Set(['a']) }), 'b');
    assert.equal(choiceOf([a, b], { hostsToShare: new Set(['b']) }), 'b');
    assert.equal(choiceOf([a, b], { hostsToAvoid: new Set(['a', 'b']) }), 'DifferentHostFilter');
    assert.equal(choiceOf([a, b], { hostsToShare: new Set() }), 'SameHostFilter');
  });

  test('choose between the shared pool and dedicated hosts', () => {
    const facts = { tenancy: 'dedicated', dedicated_host_id: 'd-1', filter_tenant_id: 'p' };
    const own = hostNamed('b', { aggregates: [facts] });
    const foreign = hostNamed('c', { aggregates: [{ ...facts, filter_tenant_id: 'q' }] });
    assert.equal(choiceOf([a, own, foreign]), 'a');
    assert.equal(choiceOf([own]), 'TenancyFilter');
    assert.equal(choiceOf([a, own, foreign], { tenancy: 'dedicated' }), 'b');
    const named = { tenancy: 'dedicated', dedicatedHostId: 'd-1' } as const;
    assert.equal(choiceOf([a, own], named), 'b');
    assert.equal(choiceOf([a, own], { ...named, dedicatedHostId: 'b' }), 'b');
    assert.equal(choiceOf([a, own], { ...named, dedicatedHostId: 'x' }), 'DedicatedHostFilter');
  });
});

describe('a refusal', () => {
  test('tells administrators how many hosts each filter left, and tenants the class', () => {
    const { explanation } = placeServer([a, b], requestOf({ zone: 'west' }));
    assert.match(explain(explanation), /^ComputeFilter left 2, AvailabilityZoneFilter left 0, /);
    assert.match(refusalOf(explanation), /^No valid host was found\. .*availability zone/);
    const full = placeServer([a, b], requestOf({ memoryMib: 1_000_000 }));
    const sentence = 'No valid host was found. There are not enough hosts available.';
    assert.equal(refusalOf(full.explanation), sentence);
  });
});
