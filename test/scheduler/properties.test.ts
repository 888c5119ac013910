import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { satisfies } from '#scheduler/filters/operators.ts';
import { choiceOf, hostNamed } from './hosts.ts';

describe('an extra spec', () => {
  const ssd = hostNamed('ssd', { aggregates: [{ disk: 'ssd,nvme', generation: '3' }] });
  const plain = hostNamed('plain');
  const scope = 'aggregate_instance_extra_specs:';

  test('with the scope of aggregates, or with none, asks the aggregates of a host', () => {
    for (const key of [`${scope}disk`, 'disk']) {
      assert.equal(choiceOf([plain, ssd], { extraSpecs: { [key]: 'nvme' } }), 'ssd');
      const refused = choiceOf([plain, ssd], { extraSpecs: { [key]: 'tape' } });
      assert.equal(refused, 'AggregateInstanceExtraSpecsFilter');
    }
    assert.equal(choiceOf([plain, ssd], { extraSpecs: { [`${scope}generation`]: '>= 3' } }), 'ssd');
  });

  test('with another scope asks no aggregate', () => {
    assert.equal(choiceOf([plain], { extraSpecs: { 'hw:cpu_policy': 'dedicated' } }), 'plain');
    assert.equal(
      choiceOf([plain], { extraSpecs: { 'ecs:virtualization_env_types': 'x' } }),
      'plain',
    );
  });

  test('is read like an object key and not like a property of all objects', () => {
    const refused = choiceOf([ssd], { extraSpecs: { constructor: 'x' } });
    assert.equal(refused, 'AggregateInstanceExtraSpecsFilter');
  });

  test('that asks for a device, a trait or a resource class finds no host', () => {
    for (const extraSpecs of [
      { 'pci_passthrough:alias': 'gpu:1' },
      { 'trait:HW_CPU_X86_AVX': 'required' },
      { 'resources:VGPU': '1' },
      { 'resources2:CUSTOM_FPGA': '1' },
    ]) {
      assert.equal(choiceOf([plain], { extraSpecs }), 'PciPassthroughFilter');
    }
    assert.equal(choiceOf([plain], { extraSpecs: { 'resources:VCPU': '2' } }), 'plain');
    assert.equal(choiceOf([plain], { extraSpecs: { 'trait:SLOW': 'forbidden' } }), 'plain');
  });
});

test('the operators of extra specs compare as Nova does', () => {
  const rows: [asked: string, found: string, isSatisfied: boolean][] = [
    ['1', '1', true],
    ['1', '2', false],
    ['= 2', '3', true],
    ['= 4', '3', false],
    ['== 3', '3.0', true],
    ['!= 3', '4', true],
    ['>= 3', '3', true],
    ['<= 3', '4', false],
    ['>= three', '3', false],
    ['s== abc', 'abc', true],
    ['s!= abc', 'abc', false],
    ['s< b', 'a', true],
    ['s>= b', 'a', false],
    ['<in> ss', 'ssd', true],
    ['<in> x', 'ssd', false],
    ['<or> hdd <or> ssd', 'ssd', true],
    ['<or> hdd <or> tape', 'ssd', false],
    ['<all-in> aes mmx', 'aes mmx sse', true],
    ['<all-in> aes avx', 'aes mmx sse', false],
    ['', '', true],
  ];
  for (const [asked, found, isSatisfied] of rows) {
    assert.equal(satisfies(asked, found), isSatisfied, `${asked} of ${found}`);
  }
});

describe('an image', () => {
  const arm = hostNamed('arm', { architecture: 'aarch64' });
  const intel = hostNamed('intel');

  test('goes to a host of its architecture, however that is called', () => {
    assert.equal(choiceOf([intel, arm], { imageProperties: { hw_architecture: 'arm64' } }), 'arm');
    assert.equal(choiceOf([intel, arm], { imageProperties: { architecture: 'amd64' } }), 'intel');
    const refused = choiceOf([intel, arm], { imageProperties: { hw_architecture: 's390x' } });
    assert.equal(refused, 'ImagePropertiesFilter');
  });

  test('goes to a host of its hypervisor and machine mode', () => {
    assert.equal(choiceOf([intel], { imageProperties: { img_hv_type: 'kvm' } }), 'intel');
    assert.equal(choiceOf([intel], { imageProperties: { hypervisor_type: 'QEMU' } }), 'intel');
    assert.equal(choiceOf([intel], { imageProperties: { hw_vm_mode: 'hvm' } }), 'intel');
    for (const imageProperties of [{ img_hv_type: 'xen' }, { vm_mode: 'xen' }]) {
      assert.equal(choiceOf([intel], { imageProperties }), 'ImagePropertiesFilter');
    }
  });

  test('is kept out of aggregates that want another value of its property', () => {
    const windows = hostNamed('windows', { aggregates: [{ os_distro: 'windows, dos' }] });
    assert.equal(choiceOf([windows, intel], { imageProperties: { os_distro: 'debian' } }), 'intel');
    assert.equal(choiceOf([windows], { imageProperties: { os_distro: 'dos' } }), 'windows');
    assert.equal(choiceOf([windows]), 'windows');
  });
});

test('an aggregate for certain projects takes no others', () => {
  const own = hostNamed('own', { aggregates: [{ filter_tenant_id: 'x, p' }] });
  const second = hostNamed('second', { aggregates: [{ filter_tenant_id2: 'p' }] });
  const foreign = hostNamed('foreign', { aggregates: [{ filter_tenant_id: 'q' }] });
  assert.equal(choiceOf([own, foreign]), 'own');
  assert.equal(choiceOf([second, foreign]), 'second');
  assert.equal(choiceOf([foreign]), 'AggregateMultiTenancyIsolation');
});
