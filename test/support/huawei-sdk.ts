import { createRequire } from 'node:module';
import type { HeldKey } from './signing.ts';

/** What a call answers: the JSON with its status. The published types promise other things. */
// biome-ignore lint/suspicious/noExplicitAny: answers are looked into as clients do
type Answer = { httpStatusCode: number } & Record<string, any>;

type Call = (request?: object) => Promise<Answer>;

interface Builder {
  withCredential(credential: Credential): Builder;
  withEndpoint(url: string): Builder;
  withRegion(region: object): Builder;
  build(): Record<string, Call>;
}

interface Credential {
  withAk(access: string): Credential;
  withSk(secret: string): Credential;
  withProjectId(id: string): Credential;
  withDomainId(id: string): Credential;
  withSecurityToken(token: string): Credential;
  withIamEndpoint(url: string): Credential;
}

interface Core {
  BasicCredentials: new () => Credential;
  GlobalCredentials: new () => Credential;
  Region: new (id: string, url: string) => object;
}

const load = createRequire(import.meta.url);

/** Huawei's SDK as it is on npm, which is CommonJS. It prints every refusal unless told not to. */
function loadSdk() {
  const core = load('@huaweicloud/huaweicloud-sdk-core') as Core;
  load('log4js').configure({
    appenders: { out: { type: 'stdout' } },
    categories: { default: { appenders: ['out'], level: 'off' } },
  });
  const ecs = load('@huaweicloud/huaweicloud-sdk-ecs').EcsClient as { newBuilder(): Builder };
  // The main file of this package names a file that it does not have.
  const iam = load('@huaweicloud/huaweicloud-sdk-iam/v3/public-api').IamClient as {
    newBuilder(): Builder;
  };
  return { core, ecs, iam };
}

function signedBy(credential: Credential, key: HeldKey): Credential {
  const signing = credential.withAk(key.access).withSk(key.secret);
  return key.securityToken === undefined ? signing : signing.withSecurityToken(key.securityToken);
}

/** The client of the compute service, for one project. */
export function ecsClient(url: string, key: HeldKey, projectId: string): Record<string, Call> {
  const { core, ecs } = loadSdk();
  const credential = signedBy(new core.BasicCredentials(), key).withProjectId(projectId);
  return ecs.newBuilder().withCredential(credential).withEndpoint(url).build();
}

/** The same without a project: it looks for the one that is called like the region. */
export function ecsClientOfRegion(url: string, key: HeldKey, region: string) {
  const { core, ecs } = loadSdk();
  const credential = signedBy(new core.BasicCredentials(), key).withIamEndpoint(url);
  const place = new core.Region(region, url);
  return ecs.newBuilder().withCredential(credential).withRegion(place).build();
}

/** The client of IAM, for an account. */
export function iamClient(url: string, key: HeldKey, domainId: string): Record<string, Call> {
  const { core, iam } = loadSdk();
  const credential = signedBy(new core.GlobalCredentials(), key).withDomainId(domainId);
  return iam.newBuilder().withCredential(credential).withEndpoint(url).build();
}
