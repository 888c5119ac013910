import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFloatingIp } from '#network/floating-ips/create.ts';
import { floatingIpsOfRouter, projectFloatingIps } from '#network/floating-ips/store.ts';
import { listExternal } from '#network/networks/store.ts';
import { createPort } from '#network/ports/create.ts';
import { deletePort } from '#network/ports/delete.ts';
import type { NetworkService } from '#network/service.ts';
import { type DatabaseUnderTest, eachDatabase } from '#test/databases.ts';
import { demo, openService, permitted, projects } from './network-service.ts';

async function outside({ context }: NetworkService): Promise<string> {
  const [network] = await listExternal(context.database.queries);
  assert.ok(network);
  return network.id;
}

function declareFloatingIps(under: DatabaseUnderTest): void {
  test('one more port is made in another’s transaction, and shows what is lent to it', async () => {
    await using opened = await under.open();
    const service = await openService(opened.database);
    await service.seed(projects);
    const { context } = service;
    const plan = await service.planInterface(demo, { tag: 'front' });
    const server = { serverId: 'server-1', projectId: projects.demoProjectId, hostname: 'web' };
    const made = await context.database.transaction(async (tx) => {
      await service.attachFurther(tx, { ...server, plan });
      return service.attachFurther(tx, { ...server, plan });
    });
    made.announce();
    assert.deepEqual([made.value.index, made.value.nicTag], [1, 'front']);
    const association = { portId: made.value.id };
    const networkId = await outside(service);
    const lent = await createFloatingIp(context, demo, { networkId, association });
    const routerId = lent.association?.routerId ?? '';
    assert.equal((await floatingIpsOfRouter(context.database.queries, routerId)).length, 1);
    const [, shown] = (await service.portsOf(['server-1'])).get('server-1') ?? [];
    const fixedAddress = made.value.fixedIps[0]?.address;
    assert.deepEqual(shown?.floatingIps, [{ address: lent.address, fixedAddress }]);
    assert.equal(shown?.fixedIps.length, 1);
    await service.releasePort('server-1', made.value.id);
    const [kept] = await projectFloatingIps(context.database.queries, projects.demoProjectId);
    assert.deepEqual([kept?.id, kept?.association, kept?.status], [lent.id, null, 'DOWN']);
    assert.equal((await service.portsOf(['server-1'])).get('server-1')?.length, 1);
  });

  test('of parallel askers each gets an address of its own', async () => {
    await using opened = await under.open();
    const service = await openService(opened.database);
    await service.seed(projects);
    const networkId = await outside(service);
    const askers = Array.from({ length: 8 }, () =>
      createFloatingIp(service.context, demo, { networkId }),
    );
    const addresses = (await Promise.all(askers)).map((one) => one.address);
    assert.equal(new Set(addresses).size, 8);
  });

  test('a deleted port gives its floating IP back', async () => {
    await using opened = await under.open();
    const service = await openService(opened.database);
    await service.seed(projects);
    const { context } = service;
    const { networkId: inside } = await service.planInterface(demo, {});
    const port = await createPort(context, demo, { networkId: inside });
    const networkId = await outside(service);
    const association = { portId: port.id };
    await createFloatingIp(context, demo, { networkId, association });
    await deletePort(context, demo, permitted(port), 'req-1');
    const [kept] = await projectFloatingIps(context.database.queries, projects.demoProjectId);
    assert.equal(kept?.association, null);
  });
}

eachDatabase('floating IPs', declareFloatingIps);
