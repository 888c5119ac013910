import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { DeadlineExceeded } from '#drivers/hypervisor/qemu/deadline.ts';
import { askAgentAt, GuestAgentRefusal } from '#drivers/hypervisor/qemu/guest-agent/guest-agent.ts';
import { temporaryFolder } from '../storage/temporary-folder.ts';
import { type AgentCommand, fakeAgent } from './fake-agent.ts';

const host = { clock: systemClock };
/** For which every wait is over at once. */
const hasty = { clock: { ...systemClock, sleep: async () => undefined } };

test('an answer is told apart from what others left behind in the channel', async () => {
  await using folder = await temporaryFolder();
  const rest = '{"return": 1}\n{"error": {"desc": "old"}}\nnull\n[]\n{"ret';
  await using agent = await fakeAgent(folder.path, () => ({ return: { is: 'ours' } }), rest);
  const answer = await askAgentAt(host, folder.path, 'guest-info', { one: 1 });
  assert.deepEqual(answer, { is: 'ours' });
  assert.deepEqual(agent.asked, [{ execute: 'guest-info', arguments: { one: 1 } }]);
});

test('a refusal is told in few and harmless characters', async () => {
  await using folder = await temporaryFolder();
  const error = { class: 'GenericError', desc: `\u001b[2J${'x'.repeat(5000)}` };
  await using _agent = await fakeAgent(folder.path, () => ({ error }));
  await assert.rejects(askAgentAt(host, folder.path, 'guest-info', {}), (thrown: Error) => {
    assert.ok(thrown instanceof GuestAgentRefusal);
    assert.match(thrown.message, /^guest agent: guest-info: \?\[2Jx{10}/);
    assert.ok(thrown.message.length < 300);
    return true;
  });
});

test('an agent that is silent, or talks without end, is left alone', async () => {
  await using folder = await temporaryFolder();
  const nothing = (_command: AgentCommand) => undefined;
  {
    await using _silent = await fakeAgent(folder.path, nothing);
    await assert.rejects(askAgentAt(hasty, folder.path, 'guest-info', {}), DeadlineExceeded);
    const called = AbortSignal.timeout(20);
    await assert.rejects(askAgentAt(host, folder.path, 'guest-info', {}, called), /closed/);
  }
  for (const noise of ['x'.repeat(1024 * 1024), '{}\n'.repeat(400_000)]) {
    await using _talker = await fakeAgent(folder.path, nothing, noise);
    await assert.rejects(askAgentAt(host, folder.path, 'guest-info', {}), /says too much/);
  }
});

test('what is called off before the channel is open is not asked', async () => {
  await using folder = await temporaryFolder();
  await using agent = await fakeAgent(folder.path, () => ({ return: {} }));
  const stop = new AbortController();
  const asked = askAgentAt(host, folder.path, 'guest-info', {}, stop.signal);
  stop.abort();
  await assert.rejects(asked, /closed/);
  assert.deepEqual(agent.asked, []);
});

test('where nobody listens nobody is waited for', async () => {
  await using folder = await temporaryFolder();
  await assert.rejects(askAgentAt(host, folder.path, 'guest-info', {}), { code: 'ENOENT' });
});
