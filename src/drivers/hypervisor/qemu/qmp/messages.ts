/** What QEMU can say on a QMP socket, as this client tells it apart. */
export type QmpMessage =
  | { kind: 'greeting'; version: string }
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'refusal'; id: number; errorClass: string; description: string }
  | { kind: 'event'; name: string; data: Record<string, unknown> };

/** QEMU understood a command and refused it. */
export class QmpRefusal extends Error {
  override readonly name = 'QmpRefusal';
  readonly errorClass: string;
  constructor(command: string, errorClass: string, description: string) {
    super(`QMP ${command}: ${description}`);
    this.errorClass = errorClass;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads one line. The other end may be a QEMU that its guest has taken over, so nothing about the
 * shape is believed; throws on a line that is no QMP message at all.
 */
export function readMessage(line: string): QmpMessage | undefined {
  const value: unknown = JSON.parse(line);
  if (!isRecord(value)) throw new Error('QMP line is not an object');
  if (isRecord(value.QMP)) return { kind: 'greeting', version: versionOf(value.QMP) };
  if (typeof value.event === 'string') {
    return { kind: 'event', name: value.event, data: isRecord(value.data) ? value.data : {} };
  }
  // An answer without an id belongs to nobody who waits, for example to a parse error.
  if (typeof value.id !== 'number') return undefined;
  if (isRecord(value.error)) {
    const { class: errorClass, desc } = value.error;
    return {
      kind: 'refusal',
      id: value.id,
      errorClass: String(errorClass),
      description: String(desc).slice(0, 1000),
    };
  }
  return { kind: 'answer', id: value.id, value: value.return };
}

function versionOf(greeting: Record<string, unknown>): string {
  const version = isRecord(greeting.version) ? greeting.version : {};
  const qemu = isRecord(version.qemu) ? version.qemu : {};
  return `${Number(qemu.major)}.${Number(qemu.minor)}.${Number(qemu.micro)}`;
}

/** One string member of an answer, or undefined where it is something else. */
export function textMember(value: unknown, name: string): string | undefined {
  const member = isRecord(value) ? value[name] : undefined;
  return typeof member === 'string' ? member : undefined;
}
