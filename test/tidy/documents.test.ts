import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { generatedDocuments } from '../../docs/generate.ts';

describe('the documents that are printed from the code', () => {
  for (const [name, content] of Object.entries(generatedDocuments())) {
    test(`docs/${name} says what the code says; \`npm run docs\` prints it again`, () => {
      const committed = readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');
      assert.ok(committed === content, `docs/${name} is out of date`);
    });
  }
});
