/**
 * Runs inside a network namespace. A line `address port` on stdin begins to knock there again and
 * again, `stop` ends it; each attempt is a line on stdout: when it began, when it was over, both on
 * the machine's own clock in ms, and `open` or `shut`.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

const everyMs = 20;
/** A dropped packet brings no answer. */
const answerMs = 500;

// Who asked for an address that nobody had asks again at once instead of a second later.
const neighbours = '/proc/sys/net/ipv4/neigh';
for (const name of readdirSync(neighbours)) {
  writeFileSync(`${neighbours}/${name}/retrans_time_ms`, String(everyMs));
}

const nowMs = () => Number(process.hrtime.bigint()) / 1e6;
let timer: NodeJS.Timeout | undefined;

function knock(host: string, port: number): void {
  const beganMs = nowMs();
  const socket = connect({ host, port });
  const tell = (outcome: 'open' | 'shut') => {
    clearTimeout(late);
    socket.destroy();
    process.stdout.write(`${beganMs} ${nowMs()} ${outcome}\n`);
  };
  const late = setTimeout(() => tell('shut'), answerMs);
  socket.on('connect', () => tell('open'));
  socket.on('error', () => tell('shut'));
}

for await (const line of createInterface({ input: process.stdin })) {
  clearInterval(timer);
  if (line === 'stop') continue;
  const [host = '', port] = line.split(' ');
  timer = setInterval(knock, everyMs, host, Number(port));
}
