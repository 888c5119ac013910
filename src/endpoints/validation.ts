import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import ajvFormats from 'ajv-formats';
import type { TSchema } from 'typebox';
import { formatMicroversion, type Microversion } from '#base/microversion.ts';
import type { InvalidInput } from './surface.ts';
import { schemaAt, withStrictMaps } from './versioned-schema.ts';

/** `ajv-formats` is CommonJS; under ESM its callable stands beneath `default`. */
const addFormats = ajvFormats as unknown as (ajv: Ajv) => void;

/**
 * Checks bodies and queries against the schema of the request's version. Compiled validators are
 * kept per schema and version: the first request in a version pays, the others do not.
 */
export class Validation {
  #bodies = new Map<string, ValidateFunction>();
  #bodyAjv: Ajv;
  #lenientAjv: Ajv;
  #queryAjv: Ajv;
  #schemaIds = new Map<TSchema, number>();

  constructor() {
    const shared = { strict: false, validateFormats: true, verbose: true } as const;
    this.#bodyAjv = new Ajv(shared);
    // Legacy clients may send what the version does not know; no handler gets to see it.
    this.#lenientAjv = new Ajv({ ...shared, removeAdditional: true });
    // Query values arrive as text; numbers and booleans are meant by what they say.
    this.#queryAjv = new Ajv({ ...shared, coerceTypes: 'array' });
    for (const ajv of [this.#bodyAjv, this.#lenientAjv, this.#queryAjv]) addFormats(ajv);
  }

  /** @returns the first broken rule, or undefined when the value is as the schema wants it. */
  check(
    where: InvalidInput['where'],
    schema: TSchema,
    value: unknown,
    version: Microversion,
    lenient: boolean,
  ): InvalidInput | undefined {
    const validate = this.#validator(where, schema, version, lenient);
    if (validate(value)) return undefined;
    const error = mostTelling(validate.errors ?? []);
    return {
      where,
      pointer: pointerOf(error),
      value: error.data,
      rule: ruleOf(error),
    };
  }

  #validator(where: string, schema: TSchema, version: Microversion, lenient: boolean) {
    let id = this.#schemaIds.get(schema);
    if (id === undefined) {
      id = this.#schemaIds.size;
      this.#schemaIds.set(schema, id);
    }
    const key = `${where} ${id} ${formatMicroversion(version)} ${lenient}`;
    let validate = this.#bodies.get(key);
    if (!validate) {
      const bodies = lenient ? this.#lenientAjv : this.#bodyAjv;
      const ajv = where === 'body' ? bodies : this.#queryAjv;
      const narrowed = schemaAt(schema, version, lenient && where === 'query');
      validate = ajv.compile(lenient ? (withStrictMaps(narrowed) as object) : narrowed);
      this.#bodies.set(key, validate);
    }
    return validate;
  }
}

/** Of the errors of an `anyOf`, the deepest says most about what the client meant. */
function mostTelling(errors: ErrorObject[]): ErrorObject {
  const [first, ...others] = errors;
  if (!first) throw new Error('a validator refused without an error');
  return others.reduce(
    (best, error) => (error.instancePath.length > best.instancePath.length ? error : best),
    first,
  );
}

function pointerOf(error: ErrorObject): string {
  if (error.keyword === 'required') {
    return `${error.instancePath}/${String(error.params.missingProperty)}`;
  }
  return error.instancePath;
}

function ruleOf(error: ErrorObject): string {
  if (error.keyword === 'additionalProperties') {
    const name = JSON.stringify(error.params.additionalProperty);
    return `Additional properties are not allowed (${name} was unexpected)`;
  }
  if (error.keyword === 'required') {
    return `${JSON.stringify(error.params.missingProperty)} is a required property`;
  }
  if (error.keyword === 'not') return 'is under a key that is not accepted';
  if (error.keyword === 'pattern') return `does not match ${String(error.params.pattern)}`;
  if (error.keyword === 'enum')
    return `is not one of ${JSON.stringify(error.params.allowedValues)}`;
  return error.message ?? 'is not valid';
}

/** Members whose values are for nobody's eyes, wherever they stand. */
const secretName = /pass|secret|token|user_data|private/i;

/** Nova's sentence for a body that breaks its schema. */
export function describeLikeNova(problem: InvalidInput): string {
  // A parameter that may be repeated is a list, whose positions say nothing.
  const isQuery = problem.where === 'query';
  const field = fieldName(isQuery ? problem.pointer.replace(/\/\d+$/, '') : problem.pointer);
  // What a client calls a password must not come back in an error that is logged somewhere.
  const value = secretName.test(field) ? '***' : shorten(problem.value);
  const namesMember = /is a required property$|^Additional properties/.test(problem.rule);
  const isOfWhole = namesMember || problem.pointer === '';
  const rule = isOfWhole ? problem.rule : `${value} ${problem.rule}`;
  const kind = isQuery ? 'query parameters' : 'field/attribute';
  return `Invalid input for ${kind} ${field}. Value: ${value}. ${rule}`;
}

function fieldName(pointer: string): string {
  const last = pointer.split('/').at(-1);
  return last ? last.replaceAll('~1', '/').replaceAll('~0', '~') : 'body';
}

/** Long values are not echoed whole, and secrets within them not at all. */
function shorten(value: unknown): string {
  const hide = (name: string, member: unknown) => (secretName.test(name) ? '***' : member);
  const text = typeof value === 'string' ? value : JSON.stringify(value, hide);
  return text === undefined ? 'None' : text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
