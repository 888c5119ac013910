import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { ConsoleKind, HypervisorDriver } from '#drivers/hypervisor/hypervisor.ts';
import { eventually } from '#test/eventually.ts';
import type { ContractPromise } from './contract.ts';

const kinds: readonly ConsoleKind[] = ['vnc', 'serial'];

/** What every hypervisor driver promises of open consoles. */
export const consolePromises: Record<string, ContractPromise> = {
  'several viewers of a screen are greeted side by side': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    await driver.powerOn(guest);
    const viewers = [await opened(driver, guest.id, 'vnc'), await opened(driver, guest.id, 'vnc')];
    for (const { text } of viewers) {
      await eventually('a greeting', () => text() === 'RFB 003.008\n');
    }
    viewers[0]?.stream.destroy();
    const third = await opened(driver, guest.id, 'vnc');
    await eventually('a greeting', () => third.text() === 'RFB 003.008\n');
    assert.equal(viewers[1]?.stream.destroyed, false);
    await driver.close();
  },

  'consoles end with their guest, and a guest that is off has none': async (fixture) => {
    const driver = await fixture.open();
    const guest = await fixture.guest('deaf');
    assert.equal(await driver.openConsole(randomUUID(), 'vnc'), undefined);
    await driver.powerOn(guest);
    const open = await Promise.all(kinds.map((kind) => opened(driver, guest.id, kind)));
    fixture.killFromOutside(guest.id);
    for (const { stream } of open) await eventually('the end', () => stream.destroyed);
    await eventually('off', async () => (await driver.guest(guest.id))?.power === 'off');
    for (const kind of kinds) assert.equal(await driver.openConsole(guest.id, kind), undefined);
    await driver.powerOn(guest);
    for (const kind of kinds) (await opened(driver, guest.id, kind)).stream.destroy();
    await driver.close();
  },
};

/** A console with all that it said. */
export async function opened(driver: HypervisorDriver, guestId: string, kind: ConsoleKind) {
  const stream: Duplex | undefined = await driver.openConsole(guestId, kind);
  assert.ok(stream, kind);
  let text = '';
  stream.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1');
  });
  stream.on('error', () => undefined);
  return { stream, text: () => text };
}
