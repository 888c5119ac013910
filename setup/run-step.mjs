import { spawn } from 'node:child_process';
import { say } from './say.mjs';

/** A step that says nothing of itself is heard of this often, so that nobody thinks it hangs. */
const heartbeatMs = 10_000;
const keptOutputCharacters = 4000;

/**
 * Runs one long step of set-up, telling that it goes on.
 * @param onOutput receives the lines that the program writes to stdout
 * @param onStatus receives the lines that the program writes to its file descriptor 3
 * @returns `{ done, output }`: whether it ended with 0, and the beginning and end of what it said
 */
export function runStep(title, file, args, options = {}) {
  const { environment = process.env, cwd, onOutput, onStatus } = options;
  const startMs = performance.now();
  const seconds = () => `${Math.round((performance.now() - startMs) / 1000)} s`;
  say(`${title} …`);
  return new Promise((resolve) => {
    const heartbeat = setInterval(() => say(`${title}: ${seconds()} so far`), heartbeatMs);
    const child = spawn(file, args, {
      cwd,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe', onStatus ? 'pipe' : 'ignore'],
    });
    const output = new Excerpt();
    child.stdout.on('data', (chunk) => output.add(chunk));
    child.stderr.on('data', (chunk) => output.add(chunk));
    if (onOutput) eachLine(child.stdout, onOutput);
    if (onStatus) eachLine(child.stdio[3], onStatus);
    const finish = (done) => {
      clearInterval(heartbeat);
      if (done) say(`${title}: done in ${seconds()}`);
      resolve({ done, output: output.text() });
    };
    child.on('error', (error) => {
      output.add(error.message);
      finish(false);
    });
    // Not `close`: a service that a package starts may hold the pipes for ever.
    child.on('exit', (code) => finish(code === 0));
  });
}

/** Keeps where a program began to complain and where it ended; what lies between is cut. */
class Excerpt {
  #head = '';
  #tail = '';

  add(chunk) {
    const space = keptOutputCharacters - this.#head.length;
    const text = String(chunk);
    this.#head += text.slice(0, space);
    this.#tail = (this.#tail + text.slice(space)).slice(-keptOutputCharacters);
  }

  text() {
    return this.#tail === '' ? this.#head : `${this.#head}\n[…]\n${this.#tail}`;
  }
}

function eachLine(stream, onLine) {
  let rest = '';
  stream.on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
}
