import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ConsoleSocket, tokenOf } from '#test/consoles.ts';
import { shakeHands } from '#test/rfb.ts';
import { type Clients, StoryCloud } from './clients.ts';

describe('consoles with the unmodified clients', () => {
  let story: StoryCloud;
  let demo: Clients;

  before(async () => {
    story = await StoryCloud.open();
    demo = story.as('cumulet');
    await demo.openstack('server create --image tiny --flavor m1.nano --network private --wait s');
  });
  after(() => story?.close());

  test('openstack is told a page that opens the screen', async () => {
    const { type, url } = await demo.show<{ type: string; url: string }>(
      'console url show --novnc s',
    );
    assert.equal(type, 'novnc');
    const page = await fetch(url);
    assert.match(await page.text(), /screen\.mjs/);
    await using screen = await ConsoleSocket.open(story.cloud.url, tokenOf(url));
    assert.equal((await shakeHands(screen)).name, 'simulated');
  });

  test('openstack is told the socket of the serial port, whose words are in the log', async () => {
    const { type, url } = await demo.show<{ type: string; url: string }>(
      'console url show --serial s',
    );
    assert.equal(type, 'serial');
    assert.match(url, /^ws:\/\//);
    await using serial = await ConsoleSocket.open(story.cloud.url, tokenOf(url));
    serial.send('words of the guest\r');
    await serial.says(/words of the guest/);
    assert.match(await demo.openstack('console log show s'), /words of the guest/);
  });

  test('nova knows both, and is refused what is not served', async () => {
    assert.match(await demo.nova('get-vnc-console s novnc'), /vnc_auto\.html\?path=%3Ftoken%3D/);
    assert.match(await demo.nova('get-serial-console s'), /ws:\/\/.*\?token=/);
    const refused = /Unavailable console type spice-html5|HTTP 400/;
    await assert.rejects(demo.nova('get-spice-console s spice-html5'), refused);
  });
});
