import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compilePattern } from '#compute/servers/listing/text-pattern.ts';

describe('expressions of strangers', () => {
  test('simple ones also become a pattern for the database, which finds no less', () => {
    for (const [expression, like] of [
      ['web', '%web%'],
      ['^web', 'web%'],
      ['web$', '%web'],
      ['a.*b.c', '%a%b_c%'],
      ['100%_\\.', '%100\\%\\_.%'],
      ['cost\\$', '%cost$%'],
      ['back\\\\$', '%back\\\\'],
      ['a|b', null],
      ['a+', null],
      ['[ab]', null],
    ] as const) {
      assert.equal(compilePattern(expression)?.like, like, expression);
    }
  });

  test('what all that match have in common is known, for looking it up', () => {
    for (const [expression, needed] of [
      ['web-[0-9]+', { text: 'web-' }],
      ['^web.*db$', { all: [{ text: 'web' }, { text: 'db' }] }],
      ['(foo|bar)baz', { all: [{ any: [{ text: 'foo' }, { text: 'bar' }] }, { text: 'baz' }] }],
      ['web(-one)?', { text: 'web' }],
      ['(?i)web', null],
      ['web|', null],
      ['.*', null],
    ] as const) {
      assert.deepEqual(compilePattern(expression)?.needed, needed, expression);
    }
  });

  test('what is no expression, or too much of one, is none', () => {
    for (const expression of ['(', '*', '(?=a)', '(a)\\1', 'x'.repeat(256), '\\w{900}']) {
      assert.equal(compilePattern(expression), undefined, expression);
    }
  });

  test('those that take others forever are answered in time that grows with the text', () => {
    const pattern = compilePattern('^(a+)+$');
    assert.ok(pattern);
    assert.equal(pattern.matches(`${'a'.repeat(250)}!`), false);
    assert.equal(pattern.matches('a'.repeat(250)), true);
  });
});
