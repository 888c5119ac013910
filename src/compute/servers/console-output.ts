import { computeErrors } from '#compute/errors.ts';
import type { ComputeService } from '#compute/service.ts';
import type { Allowed } from '#policy/engine.ts';
import type { Server } from './server.ts';

/** Characters that XML and terminals choke on; Nova drops them too. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to be dropped
const unprintable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** @param lineCount the newest lines to give; negative for all that is kept. */
export async function readConsole(
  service: ComputeService,
  server: Allowed<Server>,
  lineCount: number,
): Promise<string> {
  if (server.host === null || server.vmState === 'building') {
    throw computeErrors.notReady({ id: server.id });
  }
  const text = await service.agent.consoleOutput(server.id);
  const clean = text.replaceAll('\r\n', '\n').replaceAll(unprintable, '');
  if (lineCount < 0) return clean;
  if (lineCount === 0) return '';
  const lines = clean.split('\n');
  return lines.slice(-lineCount).join('\n');
}
