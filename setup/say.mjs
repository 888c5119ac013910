/** Progress goes to stderr, so that what a command prints on stdout can be piped on. */
export function say(line) {
  process.stderr.write(`set-up: ${line}\n`);
}

/** Makes a command line that a person can paste. */
export function commandText(file, args) {
  const word = (text) =>
    /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
  return [file, ...args].map(word).join(' ');
}
