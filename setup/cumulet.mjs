#!/usr/bin/env node
/**
 * Where everything starts: makes sure that what Cumulet needs is installed, then becomes Cumulet.
 * Plain JavaScript without dependencies, because it runs before there is anything else, on
 * whatever Node the machine has.
 */
import { join } from 'node:path';
import { become } from './become.mjs';
import { nodeFlags } from './node-flags.mjs';
import { prepare, projectDirectory } from './prepare.mjs';

const args = process.argv.slice(2);
const { node, environment } = await prepare({ purpose: args[0] === 'up' ? 'up' : 'other', args });
become(node, [...nodeFlags, join(projectDirectory, 'src', 'main.ts'), ...args], environment);
