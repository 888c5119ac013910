import { signatureHeader, signingDate } from '#test/signing.ts';
import type { DoorsSaid } from '../cloud/doors.ts';
import { type DoorsProcess, startDoors } from '../cloud/doors-process.ts';
import type { Figure, Part } from '../figure.ts';
import { requestText } from '../http/connection.ts';
import { load } from '../http/load.ts';

const rounds = 30;
const connections = 4;
const warmUpMs = 3000;
const measuredMs = 400;

const kinds = ['unchecked', 'byToken', 'bySignature'] as const;
type Kind = (typeof kinds)[number];

/** What is asked for again and again, and where. */
type Asked = Record<Kind, { url: string; text: string }>;

/** Over all rounds. */
interface Sum {
  processorMs: number;
  requests: number;
}

export const checks: Part = {
  name: 'checks',
  describe: 'what it costs to look who asks: GET servers/{id} without, by token, by signature',
  run: async (say) => {
    await using doors = await startDoors();
    const { said } = doors;
    const anew = await compare(doors, askedOf(said, said.anew), (round) => {
      say(`answers made anew, round ${round} of ${rounds}`);
    });
    const kept = await compare(doors, askedOf(said, said.kept), (round) => {
      say(`answers that are kept, round ${round} of ${rounds}`);
    });
    return [...figuresOf('made anew', anew), ...figuresOf('kept', kept)];
  },
};

function askedOf(said: DoorsSaid, { open, checked }: DoorsSaid['kept']): Asked {
  return {
    unchecked: { url: open, text: tokenText(said) },
    byToken: { url: checked, text: tokenText(said) },
    bySignature: { url: checked, text: signedText(said, checked) },
  };
}

/** By turns that are short, so that whatever else the machine does is shared out evenly. */
async function compare(
  doors: DoorsProcess,
  asked: Asked,
  say: (round: number) => void,
): Promise<Record<Kind, number>> {
  for (const kind of kinds) await costOf(doors, asked[kind], warmUpMs);
  const sums: Record<Kind, Sum> = {
    unchecked: { processorMs: 0, requests: 0 },
    byToken: { processorMs: 0, requests: 0 },
    bySignature: { processorMs: 0, requests: 0 },
  };
  for (let round = 1; round <= rounds; round += 1) {
    say(round);
    for (const kind of round % 2 === 0 ? kinds : kinds.toReversed()) {
      const { processorMs, requests } = await costOf(doors, asked[kind], measuredMs);
      sums[kind].processorMs += processorMs;
      sums[kind].requests += requests;
    }
  }
  const each = (kind: Kind) => sums[kind].processorMs / sums[kind].requests;
  return {
    unchecked: each('unchecked'),
    byToken: each('byToken'),
    bySignature: each('bySignature'),
  };
}

function figuresOf(name: string, { unchecked, byToken, bySignature }: Record<Kind, number>) {
  const title = `GET server, answer ${name}`;
  const note = 'processor time of the cloud';
  const figures: Figure[] = [
    { name: `${title}, nobody looks who asks`, value: unchecked, unit: 'ms', note },
    {
      name: `${title}, by token against that`,
      value: byToken / unchecked,
      unit: 'times',
      target: { below: 1.1 },
    },
    {
      name: `${title}, by signature against by token`,
      value: bySignature / byToken,
      unit: 'times',
    },
  ];
  return figures;
}

async function costOf(
  doors: DoorsProcess,
  { url, text }: Asked[Kind],
  forMs: number,
): Promise<Sum> {
  let requests = 0;
  const next = () => {
    requests += 1;
    return text;
  };
  const beforeMs = doors.processorMs();
  await load({ url, connections, next, status: 200, warmUpMs: 0, measuredMs: forMs });
  return { processorMs: doors.processorMs() - beforeMs, requests };
}

function tokenText({ token, serverId }: DoorsSaid): string {
  return requestText('GET', `/v2.1/servers/${serverId}`, token);
}

/** Signed once: what only looks may be asked again for a quarter of an hour. */
function signedText({ key, serverId, projectId }: DoorsSaid, url: string): string {
  const path = `/v2.1/servers/${serverId}`;
  const headers = {
    accept: 'application/json',
    host: new URL(url).host,
    'x-project-id': projectId,
    'x-sdk-date': signingDate(Date.now()),
  };
  const authorization = signatureHeader(key, { method: 'GET', url: path, headers });
  const lines = Object.entries({ ...headers, authorization }).map((pair) => pair.join(': '));
  return [`GET ${path} HTTP/1.1`, ...lines].join('\r\n').concat('\r\n\r\n');
}
