const headerBytes = 104;
const clusterBits = 16;

/** The header of a qcow2 of that virtual size and nothing else: what a disk in memory exports. */
export function emptyQcow2(virtualSizeBytes: number): Buffer {
  const header = Buffer.alloc(512);
  header.write('QFI\u00fb', 0, 'latin1');
  header.writeUInt32BE(3, 4);
  header.writeUInt32BE(clusterBits, 20);
  header.writeBigUInt64BE(BigInt(virtualSizeBytes), 24);
  // Counts of 16 bits, as qemu-img makes them.
  header.writeUInt32BE(4, 96);
  header.writeUInt32BE(headerBytes, 100);
  return header;
}
