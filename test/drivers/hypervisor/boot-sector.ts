import type { Behaviour } from './contract.ts';

/** What the guest prints on COM1. */
export const greeting = 'boot sector says hello';

const diskBytes = 1024 * 1024;

/**
 * A disk that boots in 0.2 s under emulation: real-mode code that greets on the serial console
 * and then, at each tick of the timer, looks at the ACPI power button of QEMU's `pc` machine.
 */
export function bootDisk(behaviour: Behaviour): Buffer {
  const greets = print(`${greeting}\r\n`);
  const code = [...interruptByNmi, ...enableButton, ...greets, ...afterwards(behaviour)];
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
  if (behaviour === 'beating') return beats;
  if (behaviour === 'writing') return [...writeSector, ...beats];
  return [
    // sti · hlt · mov dx, 0x600 · in ax, dx · test ah, 1 · jz back to sti
    ...[0xfb, 0xf4, 0xba, 0x00, 0x06, 0xed, 0xf6, 0xc4, 0x01, 0x74, 0xf5],
    ...answers[behaviour],
    ...stop,
  ];
}

/**
 * PM1 enable register (0x602): let the power button set its bit. Before anything is printed, as a
 * button that is pressed earlier is lost, and it is pressed once the greeting is read.
 */
const enableButton = [0xb8, 0x00, 0x01, 0xba, 0x02, 0x06, 0xef];

/** PM1 control register (0x604): sleep enable with type 0, which is S5 here. */
const softOff = [0xba, 0x04, 0x06, 0xb8, 0x00, 0x20, 0xef];

/** Clears the button, which outlasts a reset; then the keyboard controller pulls the line. */
const keyboardReset = [0xb8, 0x00, 0x01, 0xba, 0x00, 0x06, 0xef, 0xb0, 0xfe, 0xe6, 0x64];

/** What the guest prints when an interrupt comes that it cannot mask. */
export const interrupted = 'N';

/**
 * Jumps over a handler (push ax, dx · print one letter · pop · iret) and makes it the one of
 * interrupt 2: xor ax, ax · mov ds, ax · mov word [8], 0x7c02 · mov [10], ax.
 */
const interruptByNmi = [
  ...[0xeb, 0x0b],
  ...[0x50, 0x52, 0xba, 0xf8, 0x03, 0xb0, 0x4e, 0xee, 0x5a, 0x58, 0xcf],
  ...[0x31, 0xc0, 0x8e, 0xd8, 0xc7, 0x06, 0x08, 0x00, 0x02, 0x7c, 0xa3, 0x0a, 0x00],
];

/** sti · hlt · print a dot · jmp back to sti: 18 dots a second. */
const beats = [0xfb, 0xf4, 0xba, 0xf8, 0x03, 0xb0, 0x2e, 0xee, 0xeb, 0xf6];

/** Tells QEMU's panic device at its port. */
const panic = [0xba, 0x05, 0x05, 0xb0, 0x01, 0xee];

/** What a guest that panics prints after it has told so. */
export const lastWords = 'why it panicked';

/** To the power button. */
const answers = {
  obedient: softOff,
  restarting: keyboardReset,
  panicking: [...panic, ...print(lastWords)],
  recovering: [...panic, ...keyboardReset],
};

/** es from ds, which is 0 · one sector from 0x7c00 to sector 9 of the first disk, by the BIOS. */
const writeSector = [
  ...[0x1e, 0x07, 0xbb, 0x00, 0x7c, 0xb8, 0x01, 0x03, 0xb9, 0x09, 0x00, 0xba, 0x80, 0x00],
  ...[0xcd, 0x13],
];
