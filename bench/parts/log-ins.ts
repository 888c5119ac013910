import { startCloud } from '../cloud/process.ts';
import { temporaryState } from '../cloud/state.ts';
import { prepareWorkload } from '../cloud/workload.ts';
import type { Part } from '../figure.ts';
import { loginBody } from '../http/client.ts';
import { requestText } from '../http/connection.ts';
import { type LoadOptions, load } from '../http/load.ts';

const warmUpMs = 1500;
const measuredMs = 6000;
/** More than are hashed at once, so that the queue is never empty. */
const loginClients = 4;

export const logIns: Part = {
  name: 'log-ins',
  describe: 'POST /v3/auth/tokens, and what it costs those who only read meanwhile',
  run: async (say) => {
    using state = temporaryState();
    await using cloud = await startCloud(state);
    using workload = await prepareWorkload(cloud);
    await workload.fill(1);
    const [serverId = ''] = await workload.serverIds();
    const { demo } = workload;
    const show = demo.text('GET', `/v2.1/servers/${serverId}`);
    const body = loginBody('demo', cloud.password('demo'));
    const logIn = requestText('POST', '/v3/auth/tokens', '', body);
    const shared = { url: demo.url, warmUpMs, measuredMs };
    const reading: LoadOptions = { ...shared, connections: 1, next: () => show, status: 200 };
    const hashing: LoadOptions = { ...shared, connections: 1, next: () => logIn, status: 201 };
    say('one who logs in');
    const alone = await load(hashing);
    say('one who reads');
    const undisturbed = await load(reading);
    say(`one who reads while ${loginClients} log in without pause`);
    const [together, disturbed] = await Promise.all([
      load({ ...hashing, connections: loginClients }),
      load(reading),
    ]);
    return [
      { name: 'POST auth/tokens, p50', value: alone.p50Ms, unit: 'ms', note: '1 client' },
      { name: 'POST auth/tokens, p99', value: alone.p99Ms, unit: 'ms', note: '1 client' },
      {
        name: 'POST auth/tokens',
        value: together.perSecond,
        unit: '1/s',
        note: `${loginClients} clients`,
      },
      { name: 'GET server, 1 client, p50', value: undisturbed.p50Ms, unit: 'ms' },
      { name: 'GET server, 1 client, p99', value: undisturbed.p99Ms, unit: 'ms' },
      {
        name: `GET server while ${loginClients} log in, p50`,
        value: disturbed.p50Ms,
        unit: 'ms',
        target: { below: 10 },
      },
      { name: `GET server while ${loginClients} log in, p99`, value: disturbed.p99Ms, unit: 'ms' },
    ];
  },
};
