import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { serverBody } from '#test/servers.ts';

const nothing = '00000000-0000-4000-8000-000000000000';
const at = (version: string) => ({ 'openstack-api-version': `compute ${version}` });

describe('the disks that a new server asks for', () => {
  let cloud: TestCloud;
  let fine: Record<string, unknown>;
  let image: object;
  before(async () => {
    cloud = await startTestCloud();
    fine = ((await serverBody(cloud.demo)) as { server: Record<string, unknown> }).server;
    const uuid = fine.imageRef;
    image = { source_type: 'image', destination_type: 'local', uuid, boot_index: 0 };
  });
  after(() => cloud[Symbol.asyncDispose]());

  const create = (extra: object, version = '2.1') =>
    cloud.demo.post('/v2.1/servers', { server: { ...fine, ...extra } }, at(version));
  const refused = async (extra: object, sentence: RegExp, version = '2.1') => {
    const answer = await create(extra, version);
    assert.equal(answer.status, 400, JSON.stringify(extra));
    assert.match(answer.body.badRequest.message, sentence);
  };

  test('the image itself may stand among them, as clients put it there', async () => {
    assert.equal((await create({ block_device_mapping_v2: [image] })).status, 202);
    const noDevice = { device_name: '/dev/vdb', no_device: true };
    const answer = await create({ block_device_mapping_v2: [image, noDevice] });
    assert.equal(answer.status, 202);
    await cloud.cloud.services.operations.whenIdle();
  });

  test('volumes and snapshots that are not there are named', async () => {
    for (const [source, word] of [
      ['volume', 'volume'],
      ['snapshot', 'snapshot'],
    ]) {
      const device = { source_type: source, destination_type: 'volume', uuid: nothing };
      const sentence = new RegExp(`failed to get ${word} ${nothing}\\.$`);
      await refused({ block_device_mapping_v2: [image, device] }, sentence);
      const { imageRef: _, ...without } = fine;
      const server = { ...without, block_device_mapping_v2: [{ ...device, boot_index: '0' }] };
      const answer = await cloud.demo.post('/v2/servers', { server });
      assert.match(answer.body.badRequest.message, sentence);
    }
    await refused({ block_device_mapping: [{ volume_id: nothing }] }, /failed to get volume/);
    await refused({ block_device_mapping: [{ snapshot_id: nothing }] }, /failed to get snapshot/);
  });

  test('what makes no sense is refused with what is wrong about it', async () => {
    const blank = { source_type: 'blank', destination_type: 'local' };
    const volume = { source_type: 'image', destination_type: 'volume', uuid: nothing };
    for (const [devices, sentence] of [
      [[blank], /Boot sequence/],
      [[image, { ...volume, boot_index: 2 }], /Boot sequence/],
      [[image, { ...blank, uuid: nothing }], /Invalid device UUID/],
      [[{ source_type: 'volume', boot_index: 0 }], /Missing device UUID/],
      [[{ ...image, uuid: nothing }], /Mapping image to local is not supported/],
      [[{ ...image, boot_index: null }], /Mapping image to local is not supported/],
      [[{ uuid: nothing }], /Missing source type/],
      [[image, volume], /needs a size/],
      [[image, { ...volume, volume_size: 1 }], /no block storage/],
      [[image, { ...blank, destination_type: 'volume', volume_size: '1' }], /no block storage/],
      [[image, { ...blank, volume_size: 1 }], /Ephemeral disks requested are larger/],
      [[image, { ...blank, guest_format: 'swap', volume_size: 1 }], /Swap drive requested/],
      [[image, blank, blank, blank], /more local devices/],
      [[{ ...image, source_type: 'tape' }], /is not one of/],
      [[{ ...image, boot_index: 'first' }], /must be integer/],
      [[{ ...image, colour: 'red' }], /colour/],
    ] as const) {
      await refused({ block_device_mapping_v2: devices }, sentence);
    }
    await refused({ block_device_mapping: [{}] }, /Unrecognized legacy format/);
    const both = {
      block_device_mapping: [{ volume_id: nothing }],
      block_device_mapping_v2: [image],
    };
    await refused(both, /different block_device_mapping syntaxes/);
    await refused({ imageRef: '' }, /Missing imageRef/);
  });

  test('tags in 2.32 and since 2.42, a volume type since 2.67', async () => {
    const statusIn = async (extra: object, version: string) => {
      const devices = [{ ...image, ...extra }];
      return (await create({ networks: 'none', block_device_mapping_v2: devices }, version)).status;
    };
    const tagged = { tag: 'root' };
    for (const [version, status] of [
      ['2.41', 400],
      ['2.42', 202],
    ] as const) {
      assert.equal(await statusIn(tagged, version), status, version);
    }
    for (const [version, status] of [
      ['2.31', 400],
      ['2.32', 202],
      ['2.33', 400],
    ] as const) {
      const answer = await create({ block_device_mapping_v2: [{ ...image, ...tagged }] }, version);
      assert.equal(answer.status, status, version);
    }
    assert.equal(await statusIn({ volume_type: 'fast' }, '2.66'), 400);
    assert.equal(await statusIn({ volume_type: 'fast' }, '2.67'), 202);
    await cloud.cloud.services.operations.whenIdle();
  });
});
