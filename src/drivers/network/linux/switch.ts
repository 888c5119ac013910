import { readdir, readFile, writeFile } from 'node:fs/promises';
import { run } from '#base/process.ts';
import { filterBridgedPackets } from './bridge-filter.ts';
import {
  ensureNamespace,
  ip,
  namespaceExists,
  namespaceNumber,
  readLinks,
  removeNamespace,
  sysctl,
} from './in-namespace.ts';
import { namespaceFolder } from './names.ts';
import type { Wiring } from './wiring.ts';

type Place = Pick<Wiring, 'switch' | 'runFolder'>;

/** Makes the switch or adopts the one that is there. */
export async function openSwitch(place: Place): Promise<void> {
  if (!(await namespaceExists(place.switch)) && !(await nameAgain(place))) {
    await ensureNamespace(place.switch);
  }
  await Promise.all([ip(place.switch, ['link set dev lo up']), setSysctls(place.switch)]);
  const number = await namespaceNumber(`${namespaceFolder}/${place.switch}`);
  await writeFile(markerOf(place), String(number));
}

/** The same for a switch that was opened, and that somebody may have taken away since. */
export async function ensureSwitch(place: Place): Promise<void> {
  if (!(await namespaceExists(place.switch))) await openSwitch(place);
}

const markerOf = ({ runFolder }: Place) => `${runFolder}/switch`;

/** A switch that lost its name lives on as long as guests run in it: they keep their wires. */
async function nameAgain(place: Place): Promise<boolean> {
  const number = Number(await readFile(markerOf(place), 'utf8').catch(() => ''));
  const pid = number > 0 ? await processIn(number) : undefined;
  if (pid === undefined) return false;
  // What is left of a name without a namespace would be in the way.
  await removeNamespace(place.switch);
  await run('ip', ['netns', 'attach', place.switch, pid]);
  const links = await readLinks(place.switch);
  if (links.some(({ ifname }) => /^(br|tap)[0-9a-f]{11}$/.test(ifname))) return true;
  // Numbers are given again: this one is somebody else's by now.
  await removeNamespace(place.switch);
  return false;
}

async function processIn(number: number): Promise<string | undefined> {
  const own = await namespaceNumber('/proc/self/ns/net');
  if (own === number) return undefined;
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    if ((await namespaceNumber(`/proc/${pid}/ns/net`)) === number) return pid;
  }
  return undefined;
}

/** Nothing in the switch answers or forwards by itself. */
async function setSysctls(namespace: string): Promise<void> {
  await filterBridgedPackets(namespace);
  await sysctl(namespace, {
    'net.ipv4.ip_forward': 0,
    'net.ipv6.conf.all.disable_ipv6': 1,
    'net.ipv6.conf.default.disable_ipv6': 1,
  });
}
