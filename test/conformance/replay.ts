import { parseMicroversion, withinRange } from '#base/microversion.ts';
import type { Endpoint } from '#endpoints/endpoint.ts';
import type { Client } from '#test/client.ts';
import type { Play } from './play.ts';
import type { Sample } from './samples.ts';
import { differences, type Shape, shapeOf } from './shape.ts';
import type { Stage } from './stage.ts';

/** One play in one version: the samples that belong together. */
export interface Scene {
  play: Play;
  version: string;
  request: Sample | undefined;
  answer: Sample | undefined;
}

/** Every version that has one of a play's samples; a request is the newest one until then. */
export function scenesOf(play: Play, samples: readonly Sample[]): Scene[] {
  const named = (name: string | undefined) =>
    samples.filter((sample) => sample.resource === play.resource && sample.name === name);
  const requests = named(play.request);
  const answers = named(play.answer);
  const versions = [...new Set([...requests, ...answers].map(({ version }) => version))];
  return versions
    .filter((version) => isPlayedIn(play, version))
    .flatMap((version) => {
      const request = requests.filter((sample) => minor(sample.version) <= minor(version)).at(-1);
      // An answer of an older version belongs to another play with the same answer.
      if (play.request && !request) return [];
      return { play, version, request, answer: answers.find((one) => one.version === version) };
    });
}

function isPlayedIn({ since, until }: Play, version: string): boolean {
  const parsed = parseMicroversion(version);
  return parsed !== undefined && withinRange(parsed, { since, until });
}

function minor(version: string): number {
  return Number(version.split('.')[1]);
}

export function endpointOf(
  endpoints: readonly Endpoint<unknown>[],
  call: string,
  version: string,
): Endpoint<unknown> | undefined {
  const [method, path = '', action] = call.split(' ');
  const parsed = parseMicroversion(version);
  if (!parsed) throw new Error(`not a version: ${version}`);
  const unnamed = (text: string) => text.replaceAll(/\{\w+\}/g, '{}');
  return endpoints.find(
    (endpoint) =>
      endpoint.method === method &&
      unnamed(endpoint.path) === unnamed(path) &&
      endpoint.action === action &&
      withinRange(parsed, endpoint),
  );
}

/**
 * Sends what the sample sends, as an administrator, then as a member: samples do not tell whose
 * they are. @returns what is wrong with the better answer; empty when nothing is.
 */
export async function replay(scene: Scene, stage: Stage): Promise<string[]> {
  const asAdmin = await replayAs(stage.player, scene, stage);
  if (asAdmin.length === 0) return asAdmin;
  const asMember = await replayAs(stage.member, scene, stage);
  return asMember.length < asAdmin.length ? asMember : asAdmin;
}

async function replayAs(player: Client, scene: Scene, stage: Stage): Promise<string[]> {
  const { play, version } = scene;
  const prepared = (await play.prepare?.(stage, version, scene.answer?.fact)) ?? {};
  const [method = '', pattern = ''] = play.call.split(' ');
  const ids = [...(prepared.ids ?? [])];
  const path = pattern.replaceAll(/\{\w+\}/g, () => encodeURIComponent(ids.shift() ?? 'missing'));
  const body = structuredClone(scene.request?.fact);
  if (body !== undefined) substitute(body, stage);
  await prepared.adjust?.(body);
  const url = `${path.startsWith('/v2') || path === '/' ? '' : '/v2.1'}${path}`;
  const headers = { 'openstack-api-version': `compute ${version}` };
  const sent = await player.request(method, `${url}${prepared.query ?? ''}`, body, headers);
  await stage.idle();
  if (play.refused?.includes(version)) return sent.status === 400 ? [] : ['not refused'];
  if (sent.status > 299) return [`${sent.status} ${JSON.stringify(sent.body)}`];
  if (!scene.answer) return [];
  return differences(shapeOf(sent.body), scene.answer.fact as Shape);
}

/** Ids and places of another cloud give way to those of the stage. */
function substitute(value: unknown, stage: Stage): void {
  if (typeof value !== 'object' || value === null) return;
  const node = value as Record<string, unknown>;
  for (const [name, member] of Object.entries(node)) {
    if (name === 'imageRef') node[name] = stage.imageId;
    else if (name === 'flavorRef') node[name] = stage.flavorId;
    else if (name === 'user_id') node[name] = stage.player.userId;
    else if (name === 'availability_zone' && 'imageRef' in node) node[name] = 'us-west';
    else if (name === 'networks' && Array.isArray(member)) {
      for (const network of member) network.uuid = stage.networkId;
    } else substitute(member, stage);
  }
}
