import { createProtocol } from './create.ts';
import { deleteProtocolEndpoint } from './delete.ts';
import { listProtocolsEndpoint } from './list.ts';
import { showProtocol } from './show.ts';
import { updateProtocol } from './update.ts';

export const protocolEndpoints = [
  listProtocolsEndpoint,
  createProtocol,
  showProtocol,
  updateProtocol,
  deleteProtocolEndpoint,
];
