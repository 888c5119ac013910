import { isWholeService } from './check-effect.ts';
import { documentLimits, type Statement } from './document.ts';
import { documentErrors } from './document-errors.ts';
import { resourceTypes, typesNamedBy } from './resource-types.ts';

/** Throws one of IAM.1037 to IAM.1049. */
export function checkResource(written: unknown): NonNullable<Statement['Resource']> {
  if (Array.isArray(written)) {
    const count = written.length;
    if (count < 1 || count > documentLimits.resources) {
      throw documentErrors.resourceCount({ count });
    }
    return written.map(readUri);
  }
  const { uri, ...others } = typeof written === 'object' && written !== null ? asOld(written) : {};
  if (!Array.isArray(uri) || Object.keys(others).length > 0) {
    throw documentErrors.resourceMissing();
  }
  const count = uri.length;
  if (count < 1 || count > documentLimits.uris) throw documentErrors.uriCount({ count });
  return { uri: uri.map(readAgency) };
}

function asOld(written: object): { uri?: unknown } {
  return written;
}

function readText(written: unknown): string {
  if (typeof written !== 'string' || written === '' || /\s/.test(written)) {
    throw documentErrors.resourceBlank();
  }
  const { length } = written;
  if (length > documentLimits.resourceCharacters) throw documentErrors.resourceLong({ length });
  return written;
}

function readAgency(written: unknown): string {
  const text = readText(written);
  if (/^\/iam\/agencies\/[\w-]+$/.test(text)) return text;
  throw documentErrors.oldResource({ text: text.slice(0, 128) });
}

/** `service:region:domain:type:path`; a path may hold colons of its own. */
function readUri(written: unknown): string {
  const text = readText(written);
  if (text === '*') return text;
  const shown = { text: text.slice(0, 128) };
  if (!/^[\w*.:/@?=+,-]+$/.test(text)) throw documentErrors.resourceCharacters(shown);
  const [service = '', region = '', ...rest] = text.split(':');
  if (rest.length < 3) throw documentErrors.resourceCharacters(shown);
  if (region === '') throw documentErrors.regionMissing();
  if (!/^(\*|ecs|evs|ims|vpc|identity)$/i.test(service)) {
    throw documentErrors.resourceService(shown);
  }
  if (typesNamedBy(text).length === 0 && !isWholeService(text)) {
    throw documentErrors.resourceType({ ...shown, types: resourceTypes.join(', ') });
  }
  return text;
}
