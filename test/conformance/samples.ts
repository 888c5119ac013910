import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Shape } from './shape.ts';

/** One sample: of an answer its shape, of a request its body. */
export interface Sample {
  /** Folder of the sample: `os-keypairs`. */
  resource: string;
  version: string;
  name: string;
  isRequest: boolean;
  fact: unknown;
}

const answers = /resp|^(migrations-get|migrations-index|image-meta-key-get|server-rescue$)|-res$/;
const alsoAnswers = /^(host-get-|simple-tenant-usage-get|instance-actions-list-with)/;
const alsoListed = /^servers-(details|list)-with-changes-before$/;

/** Files are named by people; what is not an answer by its name is a request. */
export function isRequest(name: string): boolean {
  if (name.includes('-req')) return !/resp/.test(name.replace('-req', ''));
  return ![answers, alsoAnswers, alsoListed].some((pattern) => pattern.test(name));
}

/** All that are checked in. */
export function readSamples(): Sample[] {
  const folder = join(import.meta.dirname, 'samples');
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const resource = file.replace('.jsonl', '');
      const lines = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n');
      const facts: Record<string, unknown> = Object.fromEntries(
        lines.map((line) => JSON.parse(line)),
      );
      return Object.entries(facts).map(([key, fact]) => {
        const [version = '', name = ''] = key.split(' ');
        const itself = typeof fact === 'string' && fact in facts ? facts[fact] : fact;
        const request = isRequest(name);
        return { resource, version, name, isRequest: request, fact: itself };
      });
    });
}

export function shapeIn(sample: Sample): Shape {
  return sample.fact as Shape;
}
