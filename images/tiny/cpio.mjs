/**
 * Writes a `newc` archive, the form the kernel unpacks as its initramfs. Written here, not by the
 * cpio program, so that owners, times and inode numbers are the same on every build.
 */

const folderMode = 0o040755;

/** @param entries `{ path, mode, data? }` with parents before children, no leading slash. */
export function newcArchive(entries) {
  const parts = [];
  entries.forEach((entry, index) => {
    const data = entry.data ?? Buffer.alloc(0);
    parts.push(header(entry.path, index + 1, entry.mode ?? folderMode, data.length), data);
    parts.push(padding(data.length));
  });
  parts.push(header('TRAILER!!!', 0, 0, 0));
  return Buffer.concat(parts);
}

function header(path, inode, mode, sizeBytes) {
  const name = Buffer.from(`${path}\0`);
  const links = mode & 0o040000 ? 2 : 1;
  const fields = [inode, mode, 0, 0, links, 0, sizeBytes, 0, 0, 0, 0, name.length, 0];
  const hex = fields.map((field) => field.toString(16).padStart(8, '0')).join('');
  const text = Buffer.concat([Buffer.from(`070701${hex}`), name]);
  return Buffer.concat([text, padding(text.length)]);
}

function padding(length) {
  return Buffer.alloc((4 - (length % 4)) % 4);
}
