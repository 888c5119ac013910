import type { Behaviour } from './contract.ts';

/** What the guest prints on COM1. */
export const greeting = 'boot sector says hello';

const diskBytes = 1024 * 1024;

/**
 * A disk that boots in 0.2 s under emulation: real-mode code that greets on the serial console
 * and then, at each tick of the timer, looks at the ACPI power button of QEMU's `pc` machine.
 */
export function bootDisk(behaviour: Behaviour): Buffer {
  const code = [...print(`${greeting}\r\n`), ...afterwards(behaviour)];
  if (code.length > 510) throw new Error('boot sector is too long');
  const disk = Buffer.alloc(diskBytes);
  disk.set(code);
  disk.set([0x55, 0xaa], 510);
  return disk;
}

function print(text: string): number[] {
  // mov dx, 0x3f8 · then for each character: mov al, character · out dx, al
  return [0xba, 0xf8, 0x03, ...[...Buffer.from(text)].flatMap((byte) => [0xb0, byte, 0xee])];
}

function afterwards(behaviour: Behaviour): number[] {
  // hlt · jmp back to hlt
  const stop = [0xf4, 0xeb, 0xfd];
  if (behaviour === 'deaf') return stop;
  return [
    // PM1 enable register (0x602): let the power button set its bit.
    ...[0xb8, 0x00, 0x01, 0xba, 0x02, 0x06, 0xef],
    // sti · hlt · mov dx, 0x600 · in ax, dx · test ah, 1 · jz back to sti
    ...[0xfb, 0xf4, 0xba, 0x00, 0x06, 0xed, 0xf6, 0xc4, 0x01, 0x74, 0xf5],
    ...(behaviour === 'obedient' ? softOff : keyboardReset),
    ...stop,
  ];
}

/** PM1 control register (0x604): sleep enable with type 0, which is S5 here. */
const softOff = [0xba, 0x04, 0x06, 0xb8, 0x00, 0x20, 0xef];

/** Clears the button, which outlasts a reset; then the keyboard controller pulls the line. */
const keyboardReset = [0xb8, 0x00, 0x01, 0xba, 0x00, 0x06, 0xef, 0xb0, 0xfe, 0xe6, 0x64];
