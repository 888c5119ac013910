import { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';

/**
 * A WebSocket as a stream of bytes. What is read and written waits for the other side: nothing is
 * kept here beyond one frame and the stream's own mark. With the subprotocol `base64`, which old
 * console clients ask for, each frame is text that holds bytes.
 */
export class ByteSocket extends Duplex {
  readonly #socket: WebSocket;
  readonly #isBase64: boolean;
  #isAnswered = true;

  constructor(socket: WebSocket) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    this.#isBase64 = socket.protocol === 'base64';
    socket.on('message', (data, isBinary) => {
      if (!this.push(this.#decode(data, isBinary))) socket.pause();
    });
    socket.on('pong', () => {
      this.#isAnswered = true;
    });
    // A frame that is too long or malformed: `ws` says goodbye with the right code by itself.
    socket.on('error', () => undefined);
    socket.on('close', () => this.destroy());
  }

  /** Asks whether the other end is there. @returns false when it never answered the last time. */
  ping(): boolean {
    const isThere = this.#isAnswered;
    this.#isAnswered = false;
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
    return isThere;
  }

  /** Says why it ends. The stream closes when the other end has heard it. */
  farewell(code: number, reason: string): void {
    // The answer must be read, even though what came before it is wanted by nobody.
    this.#socket.removeAllListeners('message');
    this.#socket.resume();
    this.#socket.close(code, reason);
  }

  override _read(): void {
    if (this.#socket.isPaused) this.#socket.resume();
  }

  override _write(bytes: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    const isBase64 = this.#isBase64;
    const frame = isBase64 ? bytes.toString('base64') : bytes;
    this.#socket.send(frame, { binary: !isBase64 }, done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.terminate();
    done(error);
  }

  #decode(data: RawData, isBinary: boolean): Buffer {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : []);
    return this.#isBase64 && !isBinary ? Buffer.from(bytes.toString('latin1'), 'base64') : bytes;
  }
}
