import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { listOffenders, rules } from './rules/all.ts';
import { openTree } from './tree.ts';

const root = join(import.meta.dirname, '..', '..');

describe('the house rules that can be counted', () => {
  const tree = openTree(root, join(import.meta.dirname, 'tsconfig.json'));
  for (const rule of rules) {
    it(rule.name, () => {
      const offenders = listOffenders(rule.offenders(tree));
      assert.ok(offenders.length === 0, `${rule.name}, but not here:\n${offenders.join('\n')}`);
    });
  }
});
