import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { limits } from '#base/limits.ts';

/**
 * One connection to a guest's serial port, shared by all who look. QEMU holds the guest back when
 * its reader is slow, so here everything is always read, and each reader keeps a bounded backlog:
 * what does not fit is skipped, and the reader is told so. The log of the console misses nothing.
 */
export class SharedSerial {
  readonly #socket: Socket;
  readonly #readers = new Set<SerialReader>();
  readonly #onEnd: () => void;
  #hasEnded = false;

  /** @param onEnd called once, when it can take no more readers */
  constructor(socket: Socket, onEnd: () => void) {
    this.#socket = socket;
    this.#onEnd = onEnd;
    socket.on('data', (bytes: Buffer) => {
      for (const reader of this.#readers) reader.offer(bytes);
    });
    // A QEMU that ends resets its connections; whoever looked sees the end.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      this.#end();
      for (const reader of this.#readers) reader.destroy();
    });
  }

  attach(): Duplex {
    const reader = new SerialReader(this.#socket, () => {
      this.#readers.delete(reader);
      // Nobody looks: QEMU writes to its log alone.
      if (this.#readers.size === 0) this.close();
    });
    this.#readers.add(reader);
    if (this.#socket.destroyed) reader.destroy();
    return reader;
  }

  close(): void {
    // Not only when the socket is closed: who comes until then shall find another connection.
    this.#end();
    this.#socket.destroy();
  }

  #end(): void {
    if (!this.#hasEnded) this.#onEnd();
    this.#hasEnded = true;
  }
}

class SerialReader extends Duplex {
  readonly #socket: Socket;
  readonly #detach: () => void;
  #skippedBytes = 0;

  constructor(socket: Socket, detach: () => void) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.#detach = detach;
  }

  offer(bytes: Buffer): void {
    const skipped = this.#skippedBytes;
    const notice = skipped > 0 ? `\r\n[${skipped} bytes skipped]\r\n` : '';
    if (this.readableLength + notice.length + bytes.length > limits.consoleBacklogBytes) {
      this.#skippedBytes += bytes.length;
      return;
    }
    if (notice) this.push(notice);
    this.#skippedBytes = 0;
    this.push(bytes);
  }

  override _read(): void {}

  /** Waits for the guest, which may be slow to read what is typed. */
  override _write(bytes: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    if (this.#socket.destroyed) done();
    else this.#socket.write(bytes, () => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#detach();
    done(error);
  }
}
