import type { Allowed } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import { networkErrors } from '../errors.ts';
import { serviceOwner } from '../ports/port.ts';
import { routerPorts } from '../ports/store.ts';
import { routerErrors } from './errors.ts';
import { clearGateway } from './gateway.ts';
import type { Router } from './router.ts';
import { deleteRouterRow, findRouter } from './store.ts';

/** Its gateway goes with it. @throws RouterInUse while it has interfaces, RouterNotFound. */
export function deleteRouter(context: NetworkContext, target: Allowed<Router>): Promise<void> {
  return context.transact(async (tx, changes) => {
    const { id } = target;
    if (!(await findRouter(tx, id))) throw networkErrors.routerNotFound({ id });
    const ports = await routerPorts(tx, [id]);
    if (ports.some((port) => port.deviceOwner === serviceOwner.routerInterface)) {
      throw routerErrors.routerInUse({ id });
    }
    await clearGateway(tx, changes, id);
    await deleteRouterRow(tx, id);
    changes.routers.add(id);
  });
}
