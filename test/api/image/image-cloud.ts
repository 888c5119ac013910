import { systemClock } from '#base/clock.ts';
import { openHttpListener } from '#base/http/listener.ts';
import { randomIds } from '#base/ids.ts';
import { silentLog } from '#base/log.ts';
import { openDatabase } from '#db/database.ts';
import { SimulatedStorageHost } from '#drivers/storage/simulated/simulated-host.ts';
import { errorRenderer, routesOf } from '#endpoints/mount.ts';
import { imageSurfaces } from '#image/api/surfaces.ts';
import { createImages } from '#image/service.ts';
import { Client } from '#test/client.ts';
import { temporaryState } from '#test/state.ts';

export async function startTestCloud(options: any = {}): Promise<any> {
  const state = temporaryState();
  const database = await openDatabase(`${state.path}/test.sqlite`);
  const storage = options.openDrivers ? (await options.openDrivers(state.path)).storage : new SimulatedStorageHost().openStorage();
  const service = createImages({
    database,
    clock: systemClock,
    ids: randomIds,
    log: silentLog,
    storage,
  });
  await service.start();
  const surfaces = imageSurfaces(service);
  let url = '';
  const actors = new Map<string, any>();
  const actor = (userName: string, projectId: string, roles: string[]) => {
    actors.set(userName, {
      userId: userName,
      userName,
      userDomainId: 'default',
      projectId,
      projectName: projectId,
      projectDomainId: 'default',
      domainId: null,
      roles,
      auditId: userName,
    });
    return userName;
  };
  const listener = openHttpListener({
    routes: routesOf({
      surfaces,
      authenticate: async (headers: any) =>
        actors.get(typeof headers === 'string' ? headers : headers['x-auth-token']),
      origin: () => url,
    }),
    renderError: errorRenderer(surfaces),
    ids: randomIds,
    log: { ...silentLog, error: (f: any, s: string) => console.error(s, f) } as any,
  });
  url = `http://127.0.0.1:${await listener.listen('127.0.0.1', Number(process.env.PORT ?? 0))}`;
  const client = (name: string, project: string, roles: string[]) =>
    new Client(url, actor(name, project, roles), project, name);
  return {
    url,
    cloud: { services: { images: service, database } },
    storage,
    demo: client('demo', 'p-demo', ['member', 'reader']),
    admin: client('admin', 'p-admin', ['admin', 'member', 'reader']),
    nobody: new Client(url),
    userOf: async (project: string, role: string) =>
      client(
        `${project}-${role}`,
        `p-${project}`,
        role === 'member' ? ['member', 'reader'] : [role],
      ),
    [Symbol.asyncDispose]: async () => {
      await listener.close();
      await service.whenIdle();
      await database.close();
      state[Symbol.dispose]();
    },
  };
}
if (process.argv[1]?.endsWith('image-cloud.ts')) console.log((await startTestCloud()).url);
