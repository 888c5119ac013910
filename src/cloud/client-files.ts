import { join } from 'node:path';
import { writePrivateFile } from '#base/private-file.ts';
import { regionName } from '#base/region.ts';

interface Login {
  cloud: string;
  file: string;
  user: string;
  project: string;
  password: string;
}

/**
 * Writes what the unmodified clients read: `clouds.yaml`, `openrc` for the ordinary project and
 * `openrc-admin`. Written at every start, because the address may have changed.
 */
export function writeClientFiles(
  stateDirectory: string,
  origin: string,
  passwords: { admin: string; demo: string },
): void {
  const { admin, demo } = passwords;
  const logins: Login[] = [
    { cloud: 'cumulet', file: 'openrc', user: 'demo', project: 'demo', password: demo },
    {
      cloud: 'cumulet-admin',
      file: 'openrc-admin',
      user: 'admin',
      project: 'admin',
      password: admin,
    },
  ];
  const authUrl = `${origin}/identity`;
  // JSON strings are YAML strings: no value can break out of its place.
  const clouds = logins.map((login) => cloudEntry(login, authUrl)).join('');
  writePrivateFile(join(stateDirectory, 'clouds.yaml'), `clouds:\n${clouds}`);
  for (const login of logins) {
    writePrivateFile(join(stateDirectory, login.file), openrc(login, authUrl));
  }
}

function cloudEntry(login: Login, authUrl: string): string {
  const rows: [string, string][] = [
    ['auth_url', authUrl],
    ['username', login.user],
    ['password', login.password],
    ['project_name', login.project],
    ['user_domain_name', 'Default'],
    ['project_domain_name', 'Default'],
  ];
  const auth = rows.map(([name, value]) => `      ${name}: ${JSON.stringify(value)}\n`).join('');
  const end = `    region_name: "${regionName}"\n    identity_api_version: "3"\n`;
  return `  ${login.cloud}:\n    auth:\n${auth}${end}`;
}

function openrc(login: Login, authUrl: string): string {
  const rows: [string, string][] = [
    ['OS_AUTH_URL', authUrl],
    ['OS_USERNAME', login.user],
    ['OS_PASSWORD', login.password],
    ['OS_PROJECT_NAME', login.project],
    ['OS_USER_DOMAIN_NAME', 'Default'],
    ['OS_PROJECT_DOMAIN_NAME', 'Default'],
    ['OS_REGION_NAME', regionName],
    ['OS_IDENTITY_API_VERSION', '3'],
  ];
  return rows.map(([name, value]) => `export ${name}='${value}'\n`).join('');
}
