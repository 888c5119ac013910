import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Log, silentLog } from '#base/log.ts';
import { startTestCloud } from '#test/cloud.ts';
import { ConsoleSocket, consoleToken } from '#test/consoles.ts';
import { makeServer } from '#test/servers.ts';

/** Every address that a page or module of ours names, as a browser would ask for it. */
function namedIn(text: string, base: string): string[] {
  const found = text.matchAll(
    /(?:from\s*|import\s*|import\(\s*|src=|href=)["']([./a-z][^"'\s]*\.(?:m?js|css))["']/g,
  );
  return [...found].map(([, name]) => new URL(name ?? '', base).href);
}

test('the pages load everything they name, and nothing inline', async () => {
  await using cloud = await startTestCloud();
  const waiting = ['/vnc_auto.html', '/vnc_lite.html', '/serial.html'].map(
    (path) => cloud.url + path,
  );
  const seen = new Set<string>();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    const answer = await fetch(next);
    assert.equal(answer.status, 200, next);
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
    const text = await answer.text();
    if (next.endsWith('.html')) {
      const policy = answer.headers.get('content-security-policy') ?? '';
      assert.match(policy, /default-src 'none'; script-src 'self';/);
      assert.doesNotMatch(text, /<script(?![^>]*src=)|<style|\son\w+=|style=/);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
    }
    if (/\.(mjs|js|html)$/.test(next) && !next.endsWith('xterm.mjs')) {
      waiting.push(...namedIn(text, next));
    }
  }
  assert.ok(seen.size > 40, `only ${seen.size} files were named`);
  for (const path of ['novnc/package.json', 'novnc/core/../package.json', 'pages/screen.html']) {
    assert.equal((await fetch(`${cloud.url}/remote-consoles/${path}`)).status, 404, path);
  }
  assert.equal((await fetch(`${cloud.url}/vnc_auto.html`, { method: 'POST' })).status, 405);
});

test('no token of a console is in the log', async () => {
  const lines: string[] = [];
  const write = (facts: object, sentence: string) =>
    void lines.push(JSON.stringify(facts) + sentence);
  const log: Log = { ...silentLog, debug: write, info: write, warn: write, error: write };
  log.child = () => log;
  await using cloud = await startTestCloud({ log });
  const id = await makeServer(cloud);
  const token = await consoleToken(cloud.demo, id, 'serial');
  await fetch(`${cloud.url}/vnc_auto.html?path=%3Ftoken%3D${token}`);
  const at = { 'openstack-api-version': 'compute 2.31' };
  await cloud.admin.get(`/v2.1/os-console-auth-tokens/${token}`, at);
  await cloud.demo.get(`/v2.1/os-console-auth-tokens/${token}`, at);
  await cloud.admin.get(`/v2.1/os-console-auth-tokens/${token}/`, at);
  const socket = await ConsoleSocket.open(cloud.url, token);
  await socket[Symbol.asyncDispose]();
  await assert.rejects(ConsoleSocket.open(cloud.url, token));
  assert.ok(lines.some((line) => line.includes('a console was opened')));
  for (const line of lines) assert.ok(!line.includes(token), line);
});
