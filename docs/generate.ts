import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { historyOf, microversionHistory } from '#compute/api/versions/history.ts';
import { stateDocument } from '#compute/servers/state-document.ts';
import { compatibilityTable } from '#endpoints/documents/compatibility.ts';
import { errorList } from '#endpoints/documents/errors.ts';
import { openApi } from '#endpoints/documents/openapi.ts';
import { policyMatrix } from '#endpoints/documents/policy-matrix.ts';
import { declaredSurfaces } from '../src/cloud/surfaces.ts';

/** The documents that are printed from the code, by file name below `docs/`. */
export function generatedDocuments(): Record<string, string> {
  const surfaces = declaredSurfaces();
  return {
    'openapi.yaml': stringify(openApi(surfaces), { aliasDuplicateObjects: false }),
    'policy-matrix.md': policyMatrix(surfaces),
    'errors.md': errorList(surfaces),
    'server-states.md': stateDocument(),
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
