import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from '#test/eventually.ts';
import { greeting } from './boot-sector.ts';
import { type AgentCommand, fakeAgent } from './fake-agent.ts';
import { makeQemuFixture } from './qemu-fixture.ts';

const freeze = 'guest-fsfreeze-freeze';
const thaw = 'guest-fsfreeze-thaw';

test('a guest is frozen for the moment of the copy, and thawed whatever comes', async () => {
  await using fixture = await makeQemuFixture();
  const driver = await fixture.open();
  const guest = await fixture.guest('beating');
  await driver.powerOn(guest);
  await eventually('it runs', async () =>
    (await driver.consoleOutput(guest.id)).includes(greeting),
  );
  const run = join(fixture.guestFolder(guest.id), 'run');
  const story = async (answer: (command: AgentCommand) => object | undefined) => {
    const agent = await fakeAgent(run, answer);
    return Object.assign(agent, {
      names: () => agent.asked.splice(0).map(({ execute }) => execute),
    });
  };
  {
    await using agent = await story(() => ({ return: 1 }));
    assert.ok(await driver.copyRootDisk(guest.id));
    assert.deepEqual(agent.names(), []);
    assert.ok(await driver.copyRootDisk(guest.id, 'must'));
    // The first for the case that an earlier process of ours left it frozen.
    assert.deepEqual(agent.names(), [thaw, freeze, thaw]);
    await driver.thaw(guest.id);
    assert.deepEqual(agent.names(), [thaw]);
    await driver.setPassword(guest.id, 'root', 'geheim');
    const args = { username: 'root', password: 'Z2VoZWlt', crypted: false };
    assert.deepEqual(agent.asked, [{ execute: 'guest-set-user-password', arguments: args }]);
  }
  {
    const error = { class: 'GenericError', desc: 'no' };
    await using agent = await story(() => ({ error }));
    assert.ok(await driver.copyRootDisk(guest.id, 'try'));
    assert.deepEqual(agent.names(), [freeze, thaw]);
    await assert.rejects(driver.copyRootDisk(guest.id, 'must'), /guest-fsfreeze-freeze: no/);
    assert.deepEqual(agent.names(), [thaw, freeze, thaw]);
    await assert.rejects(driver.setPassword(guest.id, 'root', 'geheim'), /password: no$/);
  }
  await driver.pause(guest.id);
  await assert.rejects(driver.setPassword(guest.id, 'root', 'geheim'), /the guest stands still/);
  await driver.thaw(guest.id);
  await driver.powerOff(guest.id);
  await assert.rejects(driver.setPassword(guest.id, 'root', 'geheim'), /the guest is off/);
});
