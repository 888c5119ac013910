import { Type } from 'typebox';
import { closed, text } from '../../answers.ts';
import { endpoint } from '../../endpoint.ts';

/** Trees of projects do not share limits: each project counts for itself. */
const model = {
  name: 'flat',
  description:
    'Limit enforcement and validation does not take project hierarchy into consideration.',
};

export const showLimitModel = endpoint({
  method: 'GET',
  path: '/limits/model',
  summary: 'Show by which rule limits hold in trees of projects.',
  requires: [],
  status: 200,
  response: Type.Object({ model: Type.Object({ name: text, description: text }, closed) }, closed),
  handle: async () => ({ model }),
});
