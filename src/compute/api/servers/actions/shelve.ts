import { Type } from 'typebox';
import { endpoint } from '#compute/api/endpoint.ts';
import { computeErrors } from '#compute/errors.ts';
import { serverErrors } from '#compute/servers/errors.ts';
import { offloadServer, shelveServer } from '#compute/servers/shelve.ts';
import { unshelveServer } from '#compute/servers/unshelve.ts';
import { hostName } from '../fields.ts';
import { serverTarget } from '../target.ts';
import { bareAction } from './bare-action.ts';

export const shelve = bareAction({
  name: 'shelve',
  summary: 'Ends a server and keeps its disk as an image, so that it need not stay on a host.',
  requires: ['ecs:servers:shelve', 'ecs:servers:get'],
  verb: shelveServer,
});

export const shelveOffload = bareAction({
  name: 'shelveOffload',
  summary: 'Takes a shelved server off its host. For administrators.',
  requires: ['ecs:servers:shelveOffload', 'ecs:servers:get'],
  verb: offloadServer,
});

const closed = { additionalProperties: false };
const zoneName = Type.String({ minLength: 1, maxLength: 255 });
const declaration = {
  method: 'POST',
  path: '/servers/{server_id}/action',
  action: 'unshelve',
  summary: 'Brings a shelved server back, where a zone or a host was named to that.',
  requires: ['ecs:servers:unshelve', 'ecs:servers:get'],
  target: serverTarget,
  status: 202,
  errors: [computeErrors.invalidState, computeErrors.locked, computeErrors.zoneNotFound],
} as const;

const inZone = Type.Object({ availability_zone: zoneName }, closed);
const anywhere = Type.Object(
  {
    availability_zone: Type.Optional(Type.Union([zoneName, Type.Null()])),
    host: Type.Optional(hostName),
  },
  { ...closed, minProperties: 1 },
);

export const unshelve = [
  endpoint({
    ...declaration,
    until: '2.76',
    body: Type.Object({ unshelve: Type.Unknown() }, closed),
    handle: (service, call, server) => unshelveServer(service, call, server, {}),
  }),
  endpoint({
    ...declaration,
    since: '2.77',
    until: '2.90',
    body: Type.Object({ unshelve: Type.Union([Type.Null(), inZone]) }, closed),
    handle: (service, call, server) => {
      const zone = call.body.unshelve?.availability_zone;
      return unshelveServer(service, call, server, { ...(zone !== undefined && { zone }) });
    },
  }),
  endpoint({
    ...declaration,
    since: '2.91',
    errors: [...declaration.errors, serverErrors.hostNotFound, serverErrors.hostNotInZone],
    body: Type.Object({ unshelve: Type.Union([Type.Null(), anywhere]) }, closed),
    handle: (service, call, server) => {
      const { availability_zone: zone, host } = call.body.unshelve ?? {};
      return unshelveServer(service, call, server, {
        ...(zone !== undefined && { zone }),
        ...(host !== undefined && { host }),
      });
    },
  }),
];
