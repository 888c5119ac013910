import { Type } from 'typebox';
import type { Port } from '../../../ports/port.ts';
import type { Router } from '../../../routers/router.ts';
import { closed, text, textOrNull, texts } from '../../answers.ts';

export const interfaceAnswer = Type.Object(
  {
    id: text,
    project_id: text,
    tenant_id: text,
    port_id: text,
    network_id: text,
    subnet_id: textOrNull,
    subnet_ids: texts,
    tags: texts,
  },
  closed,
);

/** What an interface's coming or going is answered with: the port, by its places. */
export function renderInterface(router: Router, port: Port): Record<string, unknown> {
  const subnetIds = port.fixedIps.map((one) => one.subnetId);
  return {
    id: router.id,
    project_id: router.projectId,
    tenant_id: router.projectId,
    port_id: port.id,
    network_id: port.networkId,
    subnet_id: subnetIds[0] ?? null,
    subnet_ids: subnetIds,
    tags: [],
  };
}
