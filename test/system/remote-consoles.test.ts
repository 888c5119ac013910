import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { systemClock } from '#base/clock.ts';
import { silentLog } from '#base/log.ts';
import { openQemuDriver } from '#drivers/hypervisor/qemu/driver.ts';
import { openUserNetwork } from '#drivers/network/user/user-network.ts';
import { openFileStorage } from '#drivers/storage/file/file-storage.ts';
import { startTestCloud, type TestCloud } from '#test/cloud.ts';
import { ConsoleSocket, consoleToken, type ServedType } from '#test/consoles.ts';
import { eventually } from '#test/eventually.ts';
import { guestBootMs } from '#test/guest-boot.ts';
import { readScreen, shakeHands } from '#test/rfb.ts';
import { flavorId, networkId } from '#test/servers.ts';
import { logIn } from './support/serial-login.ts';
import { tinyImage } from './tiny-guest.ts';

const password = 'Between-us-2';

describe('the consoles of a real guest', () => {
  let cloud: TestCloud;
  let id = '';
  const hasLogged = (text: string) =>
    eventually(`"${text}" in the log`, async () => (await logOf()).includes(text), guestBootMs);
  const open = async (type: ServedType) =>
    ConsoleSocket.open(cloud.url, await consoleToken(cloud.demo, id, type));

  const logOf = async (): Promise<string> => {
    const path = `/v2.1/servers/${id}/action`;
    return (await cloud.demo.post(path, { 'os-getConsoleOutput': {} })).body.output;
  };

  before(async () => {
    cloud = await startTestCloud({
      config: { tinyImage: await tinyImage() },
      openDrivers: async (stateFolder) => ({
        hypervisor: await openQemuDriver({
          ...{ stateFolder, clock: systemClock, log: silentLog },
          accelerator: 'tcg',
        }),
        network: await openUserNetwork({ reason: 'the test asks for it' }),
        storage: await openFileStorage({ stateFolder, log: silentLog }),
      }),
    });
    const { demo } = cloud;
    const images = await demo.get('/image/v2/images?name=tiny');
    const made = await demo.post('/v2.1/servers', {
      server: {
        name: 'looked-at',
        imageRef: images.body.images[0].id,
        flavorRef: await flavorId(demo),
        networks: [{ uuid: await networkId(demo) }],
        adminPass: password,
      },
    });
    assert.equal(made.status, 202, JSON.stringify(made.body));
    id = made.body.server.id;
    await cloud.cloud.services.operations.whenIdle();
  });
  after(async () => {
    await cloud?.cloud.stopServers();
    await cloud?.[Symbol.asyncDispose]();
  });

  test('two viewers see the picture of one screen, and type into it', async () => {
    await using one = await open('novnc');
    await using two = await open('novnc');
    for (const viewer of [one, two]) {
      const screen = await shakeHands(viewer);
      assert.match(screen.name, /instance-/);
      assert.ok(screen.width >= 640 && screen.height >= 400);
      const drawn = async () => (await readScreen(viewer, screen)).size > 1;
      await eventually('something is drawn', drawn, guestBootMs);
      // KeyEvent: the letter a goes down and up.
      viewer.send(Uint8Array.of(4, 1, 0, 0, 0, 0, 0, 0x61, 4, 0, 0, 0, 0, 0, 0, 0x61));
    }
    assert.equal(one.closed, undefined);
  });

  test('a command typed at the serial port is answered to all who look, and logged', async () => {
    await using typist = await open('serial');
    await using watcher = await open('serial');
    // The guest writes this over any prompt, so that nothing is typed before.
    const isReady = async () => /tiny: ready/.test(await logOf());
    await eventually('the guest up', isReady, guestBootMs);
    await logIn(typist, { user: 'root', password, prompt: /root@looked-at:~#/ });
    typist.send('echo the answer is $((6 * 7))\r');
    await typist.says(/the answer is 42/, guestBootMs);
    await watcher.says(/the answer is 42/, guestBootMs);
    // QEMU tells those who look before it writes to its log.
    await hasLogged('the answer is 42');
  });

  test('what is typed and not echoed by the guest is in no log', async () => {
    await using typist = await open('serial');
    const secret = 'Between-us-only';
    // The words come out of arithmetic, so that an echo of the command is not taken for them.
    typist.send('\rstty -echo; echo hush $((40 + 2)); read -r word; stty echo\r');
    await typist.says(/hush 42/, guestBootMs);
    typist.send(`${secret}\r`);
    typist.send('echo heard $(($(echo $word | wc -c) + 100))\r');
    await typist.says(/heard 116/, guestBootMs);
    await hasLogged('heard 116');
    assert.ok(!(await logOf()).includes(secret));
  });

  test('a guest that writes much is not kept waiting by one who does not read', async () => {
    await using typist = await open('serial');
    await using deaf = await open('serial');
    deaf.socket.pause();
    typist.send('\rhead -c 400000 /dev/zero | tr "\\0" x; echo done $((1 + 1))\r');
    await typist.says(/done 2/, guestBootMs);
    deaf.socket.resume();
  });

  test('deleting the server ends them all at once', async () => {
    const all = [await open('novnc'), await open('serial')];
    await cloud.demo.delete(`/v2.1/servers/${id}`);
    for (const socket of all) assert.equal((await socket.ends()).code, 1001);
  });
});
