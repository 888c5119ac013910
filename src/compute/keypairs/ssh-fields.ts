/** Reads the length-prefixed fields of SSH's binary format (RFC 4251, section 5). */
export class SshFields {
  #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** @throws RangeError when the bytes end before the field does. */
  next(): Buffer {
    const start = this.#offset + 4;
    const end = start + this.#bytes.readUInt32BE(this.#offset);
    if (end > this.#bytes.length) throw new RangeError('the field is cut off');
    this.#offset = end;
    return this.#bytes.subarray(start, end);
  }

  text(): string {
    return this.next().toString('latin1');
  }

  get isAtEnd(): boolean {
    return this.#offset === this.#bytes.length;
  }
}

/** The inverse: fields one after the other, each behind its length. */
export function writeSshFields(fields: readonly Buffer[]): Buffer {
  return Buffer.concat(
    fields.flatMap((field) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(field.length);
      return [length, field];
    }),
  );
}

/** An unsigned number as SSH's `mpint`: a zero byte in front where the top bit is set. */
export function mpint(magnitude: Buffer): Buffer {
  const isNegative = ((magnitude[0] ?? 0) & 0x80) !== 0;
  return isNegative ? Buffer.concat([Buffer.alloc(1), magnitude]) : magnitude;
}
