import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Goes on as another program: same terminal, signals and exit code. Where Node can (since 23.11)
 * the process is replaced; an older one stays as a parent that only passes signals on.
 */
export function become(file, args, environment) {
  if (typeof process.execve === 'function') {
    process.execve(file, [file, ...args], environment);
  }
  const child = spawn(file, args, { stdio: 'inherit', env: environment });
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => child.kill(name));
  child.on('error', (error) => {
    process.stderr.write(`${file}: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signalName) => {
    process.exit(code ?? 128 + constants.signals[signalName]);
  });
}
