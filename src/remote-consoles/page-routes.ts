import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requestErrors } from '#base/errors.ts';
import type { HttpAnswer, HttpRoute } from '#base/http/route.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

const strict =
  "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; style-src 'self'";

/** The terminal makes its own style sheet when it starts; scripts stay as strictly bound. */
const withOwnStyles = `${strict} 'unsafe-inline'`;

/** The address holds a token, which no other place may learn by a link. */
const guarded = {
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
};

const pages = join(import.meta.dirname, 'pages');

/** The pages that open consoles, and the viewers they use. */
export function pageRoutes(): HttpRoute[] {
  const novnc = folderOf('@novnc/novnc', 2);
  const xterm = folderOf('@xterm/xterm', 2);
  const ours = ['screen.mjs', 'terminal.mjs', 'address.mjs', 'console.css'];
  return [
    pageRoute('/vnc_auto.html', 'screen.html', strict),
    pageRoute('/vnc_lite.html', 'screen.html', strict),
    pageRoute('/serial.html', 'terminal.html', withOwnStyles),
    ...ours.map((name) => fileRoute(`/remote-consoles/${name}`, join(pages, name))),
    fileRoute('/remote-consoles/xterm.mjs', join(xterm, 'lib/xterm.mjs')),
    fileRoute('/remote-consoles/xterm.css', join(xterm, 'css/xterm.css')),
    ...modulesBelow(novnc, 'core'),
    ...modulesBelow(novnc, 'vendor'),
  ];
}

/** Of a package whose entry file stands `depth` folders below it. */
function folderOf(name: string, depth: number): string {
  let folder = fileURLToPath(import.meta.resolve(name));
  for (let level = 0; level < depth; level += 1) folder = dirname(folder);
  return folder;
}

/** A route for each file that is there, so that no path of a request ever becomes one of ours. */
function modulesBelow(root: string, folder: string): HttpRoute[] {
  const names = readdirSync(join(root, folder), { recursive: true }) as string[];
  return names
    .filter((name) => name.endsWith('.js'))
    .map((name) => fileRoute(`/remote-consoles/novnc/${folder}/${name}`, join(root, folder, name)));
}

function pageRoute(url: string, name: string, policy: string): HttpRoute {
  const headers = {
    ...guarded,
    'content-security-policy': policy,
    'cache-control': 'no-store',
  };
  return route(url, join(pages, name), headers);
}

function fileRoute(url: string, path: string): HttpRoute {
  return route(url, path, { ...guarded, 'cache-control': 'no-cache' });
}

function route(url: string, path: string, headers: Record<string, string>): HttpRoute {
  return {
    url,
    methods: ['GET', 'HEAD'],
    streams: {},
    handle: async (): Promise<HttpAnswer> => {
      const type = types[extname(path)] ?? 'application/octet-stream';
      const body = await readFile(path).catch(() => undefined);
      if (!body) throw requestErrors.pathUnknown();
      return { status: 200, headers: { ...headers, 'content-type': type }, body };
    },
  };
}
