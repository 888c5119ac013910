import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { minimalEnvironment, run } from '#base/process.ts';
import { startTestCloud, type TestCloud, type TestCloudOptions } from '#test/cloud.ts';
import { makeImage } from '#test/servers.ts';

const commandTimeoutMs = 3 * 60_000;

export type CloudName = 'cumulet' | 'cumulet-admin';

/** A cloud on simulated hosts, and Debian's unmodified clients with the files it wrote for them. */
export class StoryCloud {
  readonly cloud: TestCloud;

  private constructor(cloud: TestCloud) {
    this.cloud = cloud;
  }

  static async open(options: TestCloudOptions = {}): Promise<StoryCloud> {
    const cloud = await startTestCloud(options);
    await makeImage(cloud.admin, { name: 'tiny', visibility: 'public' });
    return new StoryCloud(cloud);
  }

  close(): PromiseLike<void> {
    return this.cloud[Symbol.asyncDispose]();
  }

  /** What `openstackWith` takes for a user of domain `Default` who logs in by a password. */
  environmentOf(name: string, password: string, project?: string): Record<string, string> {
    return {
      OS_AUTH_URL: `${this.cloud.url}/v3`,
      OS_IDENTITY_API_VERSION: '3',
      OS_USERNAME: name,
      OS_PASSWORD: password,
      OS_USER_DOMAIN_NAME: 'Default',
      ...(project !== undefined && {
        OS_PROJECT_NAME: project,
        OS_PROJECT_DOMAIN_NAME: 'Default',
      }),
    };
  }

  /** The same clients as `demo`, unless told to be the administrator. */
  as(name: CloudName): Clients {
    return new Clients(this.cloud, name);
  }
}

export class Clients {
  #cloud: TestCloud;
  #name: CloudName;

  constructor(cloud: TestCloud, name: CloudName) {
    this.#cloud = cloud;
    this.#name = name;
  }

  /** `openstack …`, as text. A command that fails throws with what it said. */
  async openstack(line: string, more: readonly string[] = []): Promise<string> {
    return this.#run('openstack', [...line.split(' '), ...more], this.#files());
  }

  /** `openstack …` by these variables, without the files that the cloud wrote. */
  openstackWith(
    environment: Record<string, string>,
    line: string,
    more: readonly string[] = [],
  ): Promise<string> {
    return this.#run('openstack', [...line.split(' '), ...more], environment);
  }

  /** A script for Debian's Python, whose SDK then knows the cloud. @returns what it printed. */
  python(script: string): Promise<string> {
    return this.#run('/usr/bin/python3', ['-W', 'ignore', '-c', script], this.#files());
  }

  /** A file that commands may name. @returns its path. */
  async writeFile(name: string, content: string): Promise<string> {
    const path = join(this.#cloud.stateDirectory, name);
    await writeFile(path, content);
    return path;
  }

  /** `openstack … -f json`, parsed. */
  async show<T = Record<string, unknown>>(line: string, more: readonly string[] = []): Promise<T> {
    return JSON.parse(await this.openstack(line, [...more, '-f', 'json'])) as T;
  }

  /** `nova …`, the older client, which prints tables only. */
  async nova(line: string, more: readonly string[] = []): Promise<string> {
    const { url, passwords } = this.#cloud.cloud;
    const project = this.#name === 'cumulet' ? 'demo' : 'admin';
    return this.#run('nova', [...line.split(' '), ...more], {
      OS_AUTH_URL: `${url}/v3`,
      OS_USERNAME: project,
      OS_PASSWORD: passwords[project],
      OS_PROJECT_NAME: project,
      OS_USER_DOMAIN_NAME: 'Default',
      OS_PROJECT_DOMAIN_NAME: 'Default',
    });
  }

  #files(): Record<string, string> {
    return {
      OS_CLIENT_CONFIG_FILE: join(this.#cloud.stateDirectory, 'clouds.yaml'),
      OS_CLOUD: this.#name,
    };
  }

  async #run(file: string, args: string[], environment: Record<string, string>): Promise<string> {
    const { stdout } = await run(file, args, {
      timeoutMs: commandTimeoutMs,
      env: { ...minimalEnvironment(), HOME: this.#cloud.stateDirectory, ...environment },
    });
    return stdout.trim();
  }
}

/** The rows of a table that a client printed, each as its columns by name. */
export function rowsOf(table: string): Record<string, string>[] {
  const lines = table.split('\n').filter((line) => line.startsWith('|'));
  const cells = lines.map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
  const [names = [], ...rows] = cells;
  return rows.map((row) =>
    Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])),
  );
}
