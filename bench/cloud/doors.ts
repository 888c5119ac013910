/**
 * One cloud behind several doors, as a process of its own: with and without looking who asks, with
 * and without keeping answers. Only a measurement has use for a door that lets everybody in, so it
 * is made here and not switched on in the cloud. Says where they are on stdout; ends with stdin.
 */
import { openHttpListener } from '#base/http/listener.ts';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import { errorRenderer, routesOf } from '#endpoints/mount.ts';
import type { Authenticate } from '#endpoints/serve.ts';
import { startTestCloud } from '#test/cloud.ts';
import { makeServer } from '#test/servers.ts';
import { newKey } from '#test/signing.ts';

/** What `doors-process.ts` reads. */
export interface DoorsSaid {
  serverId: string;
  projectId: string;
  token: string;
  key: { access: string; secret: string };
  /** Addresses. */
  kept: { open: string; checked: string };
  anew: { open: string; checked: string };
}

const cloud = await startTestCloud();
const serverId = await makeServer(cloud);
const { surfaces, services } = cloud.cloud;
const { identity, database } = services;
const token = cloud.demo.token ?? '';
const actor = await identity.authenticate(token);
const listeners: { close(): Promise<void> }[] = [];

async function door(authenticate: Authenticate, isKeeping: boolean): Promise<string> {
  let origin = '';
  const { changeMark } = database;
  const keeping = { changeMark: isKeeping ? changeMark : () => undefined, nowMs: () => Date.now() };
  const routes = routesOf({ surfaces, authenticate, origin: () => origin, keeping });
  const renderError = errorRenderer(surfaces);
  const listener = openHttpListener({ routes, renderError, ids: randomIds, log: silentLog });
  origin = `http://127.0.0.1:${await listener.listen('127.0.0.1', 0)}`;
  listeners.push(listener);
  return origin;
}

const letIn: Authenticate = () => Promise.resolve(actor);
const said: DoorsSaid = {
  serverId,
  projectId: cloud.demo.projectId ?? '',
  token,
  key: await newKey(cloud.demo),
  kept: { open: await door(letIn, true), checked: await door(identity.identify, true) },
  anew: { open: await door(letIn, false), checked: await door(identity.identify, false) },
};
console.log(JSON.stringify(said));
process.stdin.resume();
process.stdin.on('end', async () => {
  await Promise.all(listeners.map((listener) => listener.close()));
  await cloud[Symbol.asyncDispose]();
});
