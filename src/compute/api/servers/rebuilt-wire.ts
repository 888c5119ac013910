import { Wire } from '#endpoints/wire.ts';
import type { ServerView } from './server-view.ts';
import { updatedWire } from './wire.ts';
import type { WireContext } from './wire-context.ts';
import { text, textOrNull } from './wire-schemas.ts';

/** A server with the password that it is rebuilt with, which nobody is told again. */
export interface RebuiltView extends ServerView {
  adminPass: string;
}

/** A server as `rebuild` answers: as an update does, and what is new in it. */
export const rebuiltWire: Wire<RebuiltView, WireContext> = new Wire<RebuiltView, WireContext>([
  // Whoever rebuilds may know the data; they have a name of their own here.
  ...updatedWire.fields.filter((field) => field.name !== 'OS-EXT-SRV-ATTR:user_data'),
  {
    name: 'key_name',
    schema: textOrNull,
    since: '2.54',
    until: '2.74',
    value: ({ server }) => server.keyName,
  },
  { name: 'user_data', schema: textOrNull, since: '2.57', value: ({ server }) => server.userData },
  { name: 'adminPass', schema: text, value: ({ adminPass }) => adminPass },
]);
