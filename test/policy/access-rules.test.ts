import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathMatches, rulesAllow } from '#policy/access-rules.ts';

test('a star and a name stand for one segment, two stars for anything', () => {
  const cases: [string, string, boolean][] = [
    ['/v2.1/servers', '/v2.1/servers', true],
    ['/v2.1/servers', '/v2.1/servers/1', false],
    ['/v2.1/servers', '/v2x1/servers', false],
    ['/v2.1/servers/*', '/v2.1/servers/1', true],
    ['/v2.1/servers/*', '/v2.1/servers/', false],
    ['/v2.1/servers/*', '/v2.1/servers/1/ips', false],
    ['/v2.1/servers/{server_id}/ips', '/v2.1/servers/1/ips', true],
    ['/v2.1/servers/{server_id}/ips', '/v2.1/servers/1/2/ips', false],
    ['/v2.1/servers/x-*', '/v2.1/servers/x-1', true],
    ['/v2.1/**', '/v2.1/servers/1/ips', true],
    ['/v2.1/**', '/v2.1/', true],
    ['/v2.1/**', '/v3/users', false],
    ['**', '/anything/at/all', true],
    ['/v2.1/**/ips', '/v2.1/a/b/ips', true],
    ['/v2.1/(servers|images)', '/v2.1/servers', false],
    ['/v2.1/{open', '/v2.1/{open', true],
    ['/tags/{tag}', '/tags/😀', true],
    ['', '/v2.1', false],
  ];
  for (const [pattern, path, expected] of cases) {
    assert.equal(pathMatches(pattern, path), expected, `${pattern} ${path}`);
  }
});

test('a pattern made to try every way is answered, not tried for ever', () => {
  const pattern = `/${'**a*'.repeat(56)}`;
  const path = `/${'a'.repeat(4000)}b`;
  assert.equal(pathMatches(`${pattern}c`, path), false);
});

test('a rule is for its service and its method, and no rules are for nothing', () => {
  const rule = { service: 'compute', method: 'GET', path: '/v2.1/servers' };
  const asked = { service: 'compute', method: 'GET', paths: ['/v2.1/p/servers', '/v2.1/servers'] };
  assert.equal(rulesAllow([rule], asked), true);
  assert.equal(rulesAllow([], asked), false);
  assert.equal(rulesAllow([rule], { ...asked, method: 'HEAD' }), false);
  assert.equal(rulesAllow([rule], { ...asked, service: 'image' }), false);
});
