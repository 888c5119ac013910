/** QEMU's exit code when the probe guest has run: (0x10 << 1) | 1. */
export const probeExitCode = 0x21;

/** Smaller disks have no cylinders, and the firmware does not boot from them. */
const diskBytes = 1024 * 1024;

/**
 * Rounds that the probe guest counts: 0.1 s or less for a processor, and for QEMU's emulation. A
 * KVM that is no processor, but another program that reads one instruction after the other, needs
 * ten seconds, and fails later at one that it does not know.
 */
const rounds = 20_000_000;

/**
 * A disk whose boot sector counts and then ends QEMU by its debug port. The firmware has then run
 * in 16 and 32 bit mode, read a disk and jumped into it: more than a broken KVM gets done.
 */
export function probeDisk(): Buffer {
  const disk = Buffer.alloc(diskBytes);
  // mov ecx, rounds · dec ecx · jnz back to dec
  disk.set([0x66, 0xb9, 0, 0, 0, 0, 0x66, 0x49, 0x75, 0xfc]);
  disk.writeUInt32LE(rounds, 2);
  // mov al, 0x10 · out 0xf4, al · hlt · jmp back to hlt
  disk.set([0xb0, 0x10, 0xe6, 0xf4, 0xf4, 0xeb, 0xfd], 10);
  disk.set([0x55, 0xaa], 510);
  return disk;
}
