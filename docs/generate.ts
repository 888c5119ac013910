import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { historyOf, microversionHistory } from '#compute/api/versions/history.ts';
import { compatibilityTable } from '#endpoints/documents/compatibility.ts';
import { errorList } from '#endpoints/documents/errors.ts';
import { openApi } from '#endpoints/documents/openapi.ts';
import { policyMatrix } from '#endpoints/documents/policy-matrix.ts';
import { surfacesOf } from '../src/cloud/surfaces.ts';

/** The documents that are printed from the code, by file name below `docs/`. */
export function generatedDocuments(): Record<string, string> {
  // Declarations are only read here, so no service needs to stand behind them.
  const nothing = {} as never;
  const surfaces = surfacesOf({
    compute: nothing,
    identity: nothing,
    images: nothing,
    networks: nothing,
  });
  return {
    'openapi.yaml': stringify(openApi(surfaces), { aliasDuplicateObjects: false }),
    'policy-matrix.md': policyMatrix(surfaces),
    'errors.md': errorList(surfaces),
    'compatibility.md': compatibilityTable(surfaces, {
      'compute-v2.1': historyOf(microversionHistory),
    }),
  };
}

if (import.meta.main) {
  for (const [name, content] of Object.entries(generatedDocuments())) {
    writeFileSync(join(import.meta.dirname, name), content);
  }
}
