import { securitySettings } from './settings-security.ts';

/** One thing an operator may choose. `--help` is printed from this table and from nothing else. */
export interface Setting {
  /** The flag without its dashes. */
  name: string;
  /** The environment variable. */
  variable: string;
  /** What is read when neither is given. */
  fallback: string;
  /** How `--help` shows the default; the fallback itself when absent. */
  fallbackShown?: string;
  /** The only values allowed, where there are few. */
  choices?: readonly string[];
  /** What stands after the flag in `--help` when there are no choices. */
  placeholder?: string;
  describe: string;
}

export const settings: readonly Setting[] = [
  {
    name: 'listen',
    variable: 'CUMULET_LISTEN',
    fallback: '127.0.0.1:8774',
    placeholder: 'address:port',
    describe: 'where every API listens; port 0 takes a free one, IPv6 goes in brackets',
  },
  {
    name: 'state',
    variable: 'CUMULET_STATE',
    fallback: '',
    fallbackShown: '.cumulet in the project directory',
    placeholder: 'directory',
    describe: 'holds everything: database, images, disks, sockets, passwords, logs',
  },
  {
    name: 'hypervisor',
    variable: 'CUMULET_HYPERVISOR',
    fallback: 'auto',
    choices: ['auto', 'qemu', 'simulated'],
    describe: 'what runs the servers; auto takes QEMU where it works',
  },
  {
    name: 'network',
    variable: 'CUMULET_NETWORK',
    fallback: 'auto',
    choices: ['auto', 'linux', 'user', 'simulated'],
    describe: 'what wires the servers; auto takes linux (needs root), else user mode',
  },
  {
    name: 'uplink',
    variable: 'CUMULET_UPLINK',
    fallback: 'host',
    placeholder: 'host|namespace',
    describe: 'where external networks reach the world: the host, or a network namespace',
  },
  {
    name: 'log-level',
    variable: 'CUMULET_LOG_LEVEL',
    fallback: 'info',
    choices: ['debug', 'info', 'warn', 'error'],
    describe: 'how much goes to logs/cumulet.log in the state directory',
  },
  {
    name: 'public-url',
    variable: 'CUMULET_PUBLIC_URL',
    fallback: '',
    fallbackShown: 'http://<listen address>',
    placeholder: 'url',
    describe: 'the address clients use, when a proxy stands in front',
  },
  {
    name: 'console-url',
    variable: 'CUMULET_CONSOLE_URL',
    fallback: '',
    fallbackShown: 'the public URL',
    placeholder: 'url',
    describe: 'where browsers find consoles, when they come in another way than the APIs',
  },
  {
    name: 'database',
    variable: 'CUMULET_DATABASE',
    fallback: 'sqlite',
    placeholder: 'sqlite|postgres://…',
    describe: 'sqlite keeps one file in the state directory',
  },
  {
    name: 'tiny-image',
    variable: 'CUMULET_TINY_IMAGE',
    fallback: '',
    fallbackShown: 'the one that set-up built',
    placeholder: 'file',
    describe: 'the qcow2 that the first start registers as image "tiny"',
  },
  {
    name: 'hosts',
    variable: 'CUMULET_HOSTS',
    fallback: '',
    fallbackShown: 'this machine',
    placeholder: 'number|file',
    describe: 'hosts here: how many, or a JSON or YAML list of {name, zone, vcpus, memoryMib, …}',
  },
  {
    name: 'host',
    variable: 'CUMULET_HOST',
    fallback: '',
    fallbackShown: 'the only one',
    placeholder: 'name',
    describe: 'which of several hosts the command agent serves',
  },
  {
    name: 'deferred-deletion',
    variable: 'CUMULET_DEFERRED_DELETION',
    fallback: '0',
    placeholder: 'seconds',
    describe: 'how long a deleted server can be restored; 0 deletes at once',
  },
  {
    name: 'resize-confirm-window',
    variable: 'CUMULET_RESIZE_CONFIRM_WINDOW',
    fallback: '0',
    placeholder: 'seconds',
    describe: 'when a resize is confirmed that nobody confirmed or reverted; 0: never',
  },
  {
    name: 'shelved-offload',
    variable: 'CUMULET_SHELVED_OFFLOAD',
    fallback: '0',
    placeholder: 'seconds|never',
    describe: 'how long a shelved server keeps its place on its host; 0 frees it at once',
  },
  ...securitySettings,
  {
    name: 'live-migration-bandwidth',
    variable: 'CUMULET_LIVE_MIGRATION_BANDWIDTH',
    fallback: '0',
    placeholder: 'MiB/s',
    describe: 'how fast the memory of a running server goes to another host; 0: without a limit',
  },
  {
    name: 'install',
    variable: 'CUMULET_INSTALL',
    fallback: 'yes',
    choices: ['yes', 'no'],
    describe: 'no keeps set-up from installing anything; it then only names what is missing',
  },
];
