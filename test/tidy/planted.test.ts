import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { listOffenders, rules } from './rules/all.ts';
import { openTree } from './tree.ts';

const longLine = `// ${'x'.repeat(100)}`;
const longFunction = `function long() {\n${'  1;\n'.repeat(70)}}`;
const remark = `// ${'TO'}${'DO'}: later`;
const machinePath = `const path = '/${'wo'}rk/main';`;

/** For each rule: files that keep it, and files that break it with what is found in them. */
const samples: Record<string, { files: Record<string, string>; found: string[] }> = {
  'imports go one way': {
    files: {
      'src/cloud.ts': `import '#compute/service.ts'; import '#drivers/storage/file/file.ts';`,
      'src/base/clock.ts': `import './time.ts';`,
      'src/base/bad.ts': `import '#db/database.ts';`,
      'src/drivers/network/linux/bad.ts': `import '#drivers/hypervisor/qemu/qemu.ts';`,
      'src/drivers/network/linux/worse.ts': `import '#db/database.ts';`,
      'src/drivers/network/linux/fine.ts': `import '../network.ts'; import '../deadline.ts';
        import '#drivers/storage/storage.ts'; import '#base/clock.ts'; import './other.ts';`,
      'src/operations/bad.ts': `import type { Server } from '#compute/servers/server.ts';`,
      'src/compute/servers/start.ts': `import './store.ts'; import '#image/service.ts';
        import '#operations/engine.ts'; import '#drivers/storage/storage.ts';`,
      'src/compute/servers/bad.ts': `import '#image/images/store.ts';`,
      'src/compute/servers/back.ts': `import '../api/v2.1/servers/list.ts';`,
      'src/compute/api/v2.1/servers/list.ts': `import '#compute/servers/list-servers.ts';`,
      'src/compute/api/v2.1/servers/past.ts': `import '#compute/servers/store.ts';`,
      'src/cli/late.ts': `const load = () => import('#compute/service.ts');`,
    },
    found: [
      'src/base/bad.ts:1',
      'src/cli/late.ts:1',
      'src/compute/api/v2.1/servers/past.ts:1',
      'src/compute/servers/back.ts:1',
      'src/compute/servers/bad.ts:1',
      'src/drivers/network/linux/bad.ts:1',
      'src/drivers/network/linux/worse.ts:1',
      'src/operations/bad.ts:1',
    ],
  },
  'the HTTP library stays in base/http': {
    files: {
      'src/base/http/listener.ts': `import { fastify } from 'fastify';`,
      'src/image/api/wire.ts': `import { STATUS_CODES } from 'node:http';`,
      'src/image/api/bad.ts': `import type { FastifyReply } from 'fastify';`,
      'src/compute/bad.ts': `import { createServer } from 'node:http';`,
    },
    found: ['src/compute/bad.ts:1', 'src/image/api/bad.ts:1'],
  },
  'imports across rooms go by name': {
    files: {
      'src/compute/servers/fine.ts': `import '../errors.ts';`,
      'src/compute/errors.ts': `import '../base/errors.ts';`,
    },
    found: ['src/compute/errors.ts:1'],
  },
  'SQL stands only in stores and db': {
    files: {
      'src/compute/servers/store.ts': `import { sql } from 'kysely'; sql\`select 1 from x\`;`,
      'src/compute/servers/fault-store.ts': `const q = 'delete from faults';`,
      'src/compute/bad.ts': [
        `import { sql } from 'kysely';`,
        `const a = 'INSERT INTO servers VALUES (1)';`,
        `const b = (id: string) => \`select * from servers where id = \${id}\`;`,
        `const fine = 'Select a server from the list and begin.';`,
        `export const c = (d: any) => d.selectFrom('servers');`,
      ].join('\n'),
    },
    found: [
      'src/compute/bad.ts:1',
      'src/compute/bad.ts:2',
      'src/compute/bad.ts:3',
      'src/compute/bad.ts:5',
    ],
  },
  'no file is longer than 300 lines': {
    files: { 'test/long.ts': '1;\n'.repeat(301), 'test/fine.ts': '1;\n'.repeat(300) },
    found: ['test/long.ts:0'],
  },
  'no line is longer than 100 characters': {
    files: { 'setup/wide.mjs': `1;\n${longLine}\n`, 'setup/fine.mjs': `// ${'→'.repeat(97)}` },
    found: ['setup/wide.mjs:2'],
  },
  'no function is longer than 70 lines': {
    files: {
      'src/base/long.ts': `1;\n${longFunction}`,
      'setup/long.mjs': longFunction,
      'test/suite.ts': `describe('all', () => {\n${'  1;\n'.repeat(80)}});`,
    },
    found: ['setup/long.mjs:1', 'src/base/long.ts:2'],
  },
  'no file name is an empty word': {
    files: { 'src/base/string-utils.ts': '', 'src/base/communal.ts': '', 'test/helpers/a.ts': '' },
    found: ['src/base/string-utils.ts:0', 'test/helpers/a.ts:0'],
  },
  'file names are in kebab-case': {
    files: { 'src/base/badName.ts': '', 'src/db/0001-first.ts': '', 'test/a-b.test.ts': '' },
    found: ['src/base/badName.ts:0'],
  },
  'clock, ids and randomness come in by argument': {
    files: {
      'src/base/clock.ts': 'export const now = () => Date.now();',
      'src/compute/bad.ts': [
        'Date.now();',
        'new Date();',
        'new Date(5);',
        'Math.random();',
        `import { randomUUID } from 'node:crypto';`,
        'randomUUID();',
      ].join('\n'),
    },
    found: ['src/compute/bad.ts:1', 'src/compute/bad.ts:2', 'src/compute/bad.ts:4'].concat(
      'src/compute/bad.ts:6',
    ),
  },
  'the environment is read once': {
    files: { 'src/main.ts': 'process.env;', 'src/compute/bad.ts': '1;\nprocess.env.HOME;' },
    found: ['src/compute/bad.ts:2'],
  },
  'modules hold no state': {
    files: {
      'src/compute/bad.ts': 'let count = 0;\nconst seen = new Map<string, number>();',
      'src/compute/fine.ts': `const known = new Set(['a']); function f() { let x = 1; }`,
    },
    found: ['src/compute/bad.ts:1', 'src/compute/bad.ts:2'],
  },
  'no outside process is started by a shell': {
    files: {
      'src/base/process.ts': `import { spawn } from 'node:child_process';`,
      'setup/bad.mjs': `import { exec } from 'node:child_process';\nspawn('a', { shell: true });`,
    },
    found: ['setup/bad.mjs:1', 'setup/bad.mjs:2'],
  },
  'every qemu-img call names formats': {
    files: {
      'src/drivers/storage/file/disk.ts': [
        `const tool = 'qemu-img';`,
        `run(tool, ['create', '-f', 'qcow2', '-b', base, path]);`,
        `run(tool, ['info', '--output=json', path]);`,
        `run(tool, ['info', '-f', 'raw', path]);`,
        `const formats = ['-f', 'raw', '-O', 'qcow2'];`,
        `run(tool, ['convert', ...formats, a, b]);`,
      ].join('\n'),
    },
    found: ['src/drivers/storage/file/disk.ts:2', 'src/drivers/storage/file/disk.ts:3'],
  },
  'nothing unfinished is left as a remark': {
    files: { 'docs/plan.md': `1\n${remark}`, 'src/base/a.ts': '// todos are fine as a word' },
    found: ['docs/plan.md:2'],
  },
  'no path of a certain machine is named': {
    files: { 'src/base/a.ts': machinePath, 'docs/a.md': 'see drivers/network/linux' },
    found: ['src/base/a.ts:1'],
  },
  'each dependency is in a decision': {
    files: {
      'package.json': '{\n"dependencies": {\n"kysely": "0.28.18",\n"pg": "8.0.0"}}',
      'docs/decisions/0001-a.md': 'We take `kysely`.',
    },
    found: ['package.json:4'],
  },
  'each dependency is pinned': {
    files: { 'package.json': '{\n"devDependencies": {\n"yaml": "^2.9.1",\n"pg": "8.0.0"}}' },
    found: ['package.json:3'],
  },
  'every test runs': {
    files: { 'test/a.test.ts': `it('a', () => {});\nit.skip('b');\nit('c', { only: true });` },
    found: ['test/a.test.ts:2', 'test/a.test.ts:3'],
  },
};

describe('each tidy rule finds what breaks it, and only that', () => {
  for (const rule of rules) {
    it(rule.name, () => {
      const sample = samples[rule.name];
      assert.ok(sample, 'the rule has no sample');
      const root = mkdtempSync(join(tmpdir(), 'cumulet-tidy-'));
      try {
        const config = plant(root, { 'package.json': '{}', ...sample.files });
        const found = listOffenders(rule.offenders(openTree(root, config)));
        assert.deepEqual(
          found.map((line) => line.split(' ')[0]),
          sample.found,
        );
      } finally {
        rmSync(root, { recursive: true });
      }
    });
  }
});

/** @returns the path of a tsconfig for the planted files. */
function plant(root: string, files: Record<string, string>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const config = join(root, 'tsconfig.json');
  const compilerOptions = { allowJs: true, noResolve: true, noLib: true, types: [] };
  const include = ['src', 'test', 'setup/*.mjs'];
  writeFileSync(config, JSON.stringify({ compilerOptions, include }));
  return config;
}
