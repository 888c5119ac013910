/**
 * Reads the two facts the build needs from ELF files, so that no binutils or kmod is required on
 * the building machine: which shared libraries a program needs, and which modules a module needs.
 */

const sectionTypeDynamic = 6;
const tagNeeded = 1n;

/** Names such as `libc.so.6` that the 64-bit little-endian ELF file asks its loader for. */
export function neededLibraries(elf) {
  if (elf.length < 64 || elf.readUInt32BE(0) !== 0x7f454c46) return [];
  const sections = readSections(elf);
  const dynamic = sections.find((section) => section.type === sectionTypeDynamic);
  if (!dynamic) return [];
  const strings = sections[dynamic.link];
  const names = [];
  for (let at = dynamic.offset; at < dynamic.offset + dynamic.size; at += 16) {
    if (elf.readBigUInt64LE(at) !== tagNeeded) continue;
    names.push(cString(elf, strings.offset + Number(elf.readBigUInt64LE(at + 8))));
  }
  return names;
}

/** Names such as `virtio_ring` from the `depends=` field of a kernel module. */
export function neededModules(module) {
  const at = module.indexOf('\0depends=');
  if (at < 0) return [];
  const list = cString(module, at + '\0depends='.length);
  return list === '' ? [] : list.split(',');
}

function readSections(elf) {
  const tableOffset = Number(elf.readBigUInt64LE(0x28));
  const entrySize = elf.readUInt16LE(0x3a);
  const count = elf.readUInt16LE(0x3c);
  return Array.from({ length: count }, (_, index) => {
    const at = tableOffset + index * entrySize;
    return {
      type: elf.readUInt32LE(at + 4),
      offset: Number(elf.readBigUInt64LE(at + 0x18)),
      size: Number(elf.readBigUInt64LE(at + 0x20)),
      link: elf.readUInt32LE(at + 0x28),
    };
  });
}

function cString(buffer, start) {
  return buffer.toString('latin1', start, buffer.indexOf(0, start));
}
