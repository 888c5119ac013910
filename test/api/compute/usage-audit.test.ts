import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestCloud } from '#test/cloud.ts';

const path = '/v2.1/os-instance_usage_audit_log';

test('the audit of the month before tells that it has run on no host', async () => {
  await using cloud = await startTestCloud({ hosts: [{ name: 'one' }, { name: 'two' }] });
  const before = encodeURIComponent('2026-01-15 10:00:00');
  const { body } = await cloud.admin.get(`${path}/${before}`);
  assert.deepEqual(body.instance_usage_audit_log, {
    period_beginning: '2025-12-01 00:00:00',
    period_ending: '2026-01-01 00:00:00',
    num_hosts: 2,
    num_hosts_done: 0,
    num_hosts_running: 0,
    num_hosts_not_run: 2,
    hosts_not_run: ['one', 'two'],
    total_instances: 0,
    total_errors: 0,
    overall_status: '0 of 2 hosts done. 0 errors.',
    log: {},
  });
  const now = await cloud.admin.get(path);
  assert.match(now.body.instance_usage_audit_logs.period_ending, /-01 00:00:00$/);
});

test('what is no time is refused, and all of it to those who run nothing', async () => {
  await using cloud = await startTestCloud();
  for (const before of ['yesterday', '2026-02-30 00:00:00', '2026-01-15T10:00:00', '2026-01-15']) {
    const { status } = await cloud.admin.get(`${path}/${encodeURIComponent(before)}`);
    assert.equal(status, 400, before);
  }
  const exact = encodeURIComponent('2026-01-15 10:00:00.123456');
  assert.equal((await cloud.admin.get(`${path}/${exact}`)).status, 200);
  const reader = await cloud.userOf('demo', 'reader');
  for (const url of [path, `${path}/${exact}`]) {
    assert.equal((await cloud.demo.get(url)).status, 403);
    assert.equal((await reader.get(url)).status, 403);
    assert.equal((await cloud.nobody.get(url)).status, 401);
  }
});
