/** QEMU's exit code when the probe guest has run: (0x10 << 1) | 1. */
export const probeExitCode = 0x21;

/** Smaller disks have no cylinders, and the firmware does not boot from them. */
const diskBytes = 1024 * 1024;

/**
 * A disk whose boot sector ends QEMU by its debug port. The firmware has then run in 16 and 32
 * bit mode, read a disk and jumped into it: more than a broken KVM gets done.
 */
export function probeDisk(): Buffer {
  const disk = Buffer.alloc(diskBytes);
  // mov al, 0x10 · out 0xf4, al · hlt · jmp back to hlt
  disk.set([0xb0, 0x10, 0xe6, 0xf4, 0xf4, 0xeb, 0xfd]);
  disk.set([0x55, 0xaa], 510);
  return disk;
}
