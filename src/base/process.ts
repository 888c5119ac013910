import { spawn } from 'node:child_process';

/** A child process that could not be started, ended with another code than 0, or overran. */
export class ProcessError extends Error {
  readonly file: string;
  readonly exitCode: number | null;
  readonly stderr: string;

  constructor(file: string, reason: string, exitCode: number | null, stderr: string) {
    super(`${file}: ${reason}${stderr ? `: ${stderr.trim().slice(-2000)}` : ''}`);
    this.name = 'ProcessError';
    this.file = file;
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}

export interface RunOptions {
  /** Written to the child's standard input, which is then closed. */
  input?: string | Uint8Array;
  /** The child is killed after this; every child has a deadline. */
  timeoutMs?: number;
  signal?: AbortSignal;
  cwd?: string;
  /** Whole environment; the default is only PATH and a fixed locale, so nothing secret leaks. */
  env?: Record<string, string>;
  /** Bytes of stdout kept; beyond it the child is killed. */
  maxOutputBytes?: number;
  /** How stdout is told; base64 for what is no text. */
  encoding?: 'utf8' | 'base64';
}

const defaultTimeoutMs = 30_000;
const defaultMaxOutputBytes = 16 * 1024 * 1024;

export function minimalEnvironment(): Record<string, string> {
  const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  return { PATH: systemPath, LC_ALL: 'C.UTF-8' };
}

/**
 * Runs a program with an argument vector, never a shell, and waits for it.
 * @returns what it wrote; throws ProcessError for anything but exit code 0.
 */
export function run(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env ?? minimalEnvironment(),
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: options.timeoutMs ?? defaultTimeoutMs,
      killSignal: 'SIGKILL',
      signal: options.signal,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let stdoutBytes = 0;
    const maxBytes = options.maxOutputBytes ?? defaultMaxOutputBytes;
    child.stdout.on('data', (chunk: Buffer) => {
      stdoutBytes += chunk.length;
      if (stdoutBytes > maxBytes) child.kill('SIGKILL');
      else stdout.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < 1000) stderr.push(chunk);
    });
    // A child that ends before it reads its input is judged by its exit code, not by EPIPE.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input);
    child.on('error', (error) => reject(new ProcessError(file, error.message, null, '')));
    child.on('close', (exitCode, signalName) => {
      const errorText = Buffer.concat(stderr).toString();
      if (exitCode === 0) {
        resolve({ stdout: Buffer.concat(stdout).toString(options.encoding), stderr: errorText });
        return;
      }
      const reason = signalName ? `ended by ${signalName}` : `exit code ${exitCode}`;
      reject(
        new ProcessError(file, `${args.slice(0, 4).join(' ')}: ${reason}`, exitCode, errorText),
      );
    });
  });
}
