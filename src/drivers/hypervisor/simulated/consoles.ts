import { type Duplex, duplexPair } from 'node:stream';
import { limits } from '#base/limits.ts';
import { serveScreen } from './screen.ts';

/** The consoles that are open on simulated guests. */
export class SimulatedConsoles {
  readonly #serials = new Map<string, Set<Duplex>>();
  readonly #screens = new Map<string, Set<Duplex>>();

  /** A serial port that sends back what it gets, to all who look, as a terminal in cooked mode. */
  openSerial(guestId: string, echo: (text: string) => void): Duplex {
    const [ours, theirs] = pairIn(this.#serials, guestId);
    ours.on('data', (bytes: Buffer) => echo(bytes.toString().replaceAll('\r', '\r\n')));
    return theirs;
  }

  openScreen(guestId: string): Duplex {
    const [ours, theirs] = pairIn(this.#screens, guestId);
    serveScreen(ours);
    return theirs;
  }

  print(guestId: string, text: string): void {
    for (const serial of this.#serials.get(guestId) ?? []) {
      if (serial.writableLength < limits.consoleBacklogBytes) serial.write(text);
    }
  }

  end(guestId: string): void {
    for (const rooms of [this.#serials, this.#screens]) {
      for (const stream of rooms.get(guestId) ?? []) stream.destroy();
      rooms.delete(guestId);
    }
  }
}

function pairIn(rooms: Map<string, Set<Duplex>>, guestId: string): [Duplex, Duplex] {
  const [ours, theirs] = duplexPair();
  const room = rooms.get(guestId) ?? new Set();
  rooms.set(guestId, room.add(ours));
  // Each side ends with the other, as the two ends of a socket do.
  ours.once('close', () => {
    room.delete(ours);
    theirs.destroy();
  });
  theirs.once('close', () => ours.destroy());
  return [ours, theirs];
}
