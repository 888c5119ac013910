import type { Duplex } from 'node:stream';

/** Of the simulated screen, which shows one colour. */
const width = 64;
const height = 48;
const bytesPerPixel = 4;
/** A message that is longer is none that a viewer sends. */
const maxMessageBytes = 1024 * 1024;
const colour = [0xff, 0x99, 0x33, 0x00];

const version = Buffer.from('RFB 003.008\n');
/** How long each message of a viewer is, by its type; the lists' lengths stand inside. */
const fixedLengths: Readonly<Record<number, number>> = { 0: 20, 3: 10, 4: 8, 5: 6 };

/** Speaks just enough of RFB 3.8 for any viewer to open, see a colour and type into the void. */
export function serveScreen(stream: Duplex): void {
  let pending: Buffer = Buffer.alloc(0);
  let talk = greet;
  stream.write(version);
  stream.on('data', (bytes: Buffer) => {
    pending = Buffer.concat([pending, bytes]);
    for (;;) {
      const step = talk(pending);
      if (!step) {
        if (pending.length > maxMessageBytes) stream.destroy();
        return;
      }
      pending = pending.subarray(step.taken);
      if (step.answer && !stream.write(step.answer)) {
        // Who does not look gets no second picture.
        stream.pause();
        stream.once('drain', () => stream.resume());
      }
      talk = step.next;
    }
  });
}

interface Step {
  taken: number;
  answer?: Buffer;
  next: (pending: Buffer) => Step | undefined;
}

/** One kind of security, which is none. */
function greet(pending: Buffer): Step | undefined {
  if (pending.length < version.length) return undefined;
  return { taken: version.length, answer: Buffer.from([1, 1]), next: secure };
}

function secure(pending: Buffer): Step | undefined {
  if (pending.length < 1) return undefined;
  return { taken: 1, answer: Buffer.alloc(4), next: introduce };
}

function introduce(pending: Buffer): Step | undefined {
  if (pending.length < 1) return undefined;
  const name = Buffer.from('simulated');
  const answer = Buffer.alloc(24 + name.length);
  answer.writeUInt16BE(width, 0);
  answer.writeUInt16BE(height, 2);
  // 32 bits a pixel, 24 of them used, little endian, true colour; 8 bits each at 16, 8 and 0.
  answer.set([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0], 4);
  answer.writeUInt32BE(name.length, 20);
  answer.set(name, 24);
  return { taken: 1, answer, next: listen };
}

function listen(pending: Buffer): Step | undefined {
  const taken = messageLength(pending);
  if (taken === undefined || pending.length < taken) return undefined;
  if (pending[0] !== 3) return { taken, next: listen };
  // Nothing ever changes: only a request for everything is answered.
  const isIncremental = pending[1] !== 0;
  return isIncremental ? { taken, next: listen } : { taken, answer: picture(), next: listen };
}

function messageLength(pending: Buffer): number | undefined {
  const [type] = pending;
  if (type === undefined) return undefined;
  const fixed = fixedLengths[type];
  if (fixed !== undefined) return fixed;
  if (type === 2) return pending.length < 4 ? undefined : 4 + 4 * pending.readUInt16BE(2);
  if (type === 6) return pending.length < 8 ? undefined : 8 + pending.readUInt32BE(4);
  return Number.MAX_SAFE_INTEGER;
}

function picture(): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt16BE(1, 2);
  head.writeUInt16BE(width, 8);
  head.writeUInt16BE(height, 10);
  const pixels = Buffer.alloc(width * height * bytesPerPixel, Buffer.from(colour));
  return Buffer.concat([head, pixels]);
}
