/** `npm run bench`: the same set-up as for serving, then the measurements. */
import { join } from 'node:path';
import { become } from './become.mjs';
import { nodeFlags } from './node-flags.mjs';
import { prepare, projectDirectory } from './prepare.mjs';

const args = process.argv.slice(2);
const { node, environment } = await prepare({ purpose: 'up', args: [] });
// The bench starts clouds with the flags that it got itself, as `npm start` would.
become(node, [...nodeFlags, join(projectDirectory, 'bench', 'main.ts'), ...args], environment);
