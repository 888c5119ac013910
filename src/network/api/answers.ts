import { type TObject, type TProperties, type TSchema, Type } from 'typebox';

/** Shapes of answers, for the OpenAPI document and for tests, which hold answers to them. */
export const closed = { additionalProperties: false };
export const text = Type.String();
export const textOrNull = Type.Union([text, Type.Null()]);
export const texts = Type.Array(text);
export const integer = Type.Integer();
export const boolean = Type.Boolean();

/** An address on a subnet, as ports and gateways hold them. */
export const fixedIp = Type.Object({ subnet_id: text, ip_address: text }, closed);

/** What `renderStandard` makes. */
export const standardShape = {
  project_id: text,
  tenant_id: text,
  description: text,
  revision_number: integer,
  created_at: text,
  updated_at: text,
  tags: texts,
};

/** `{ network: {…} }`, whole. */
export function wholeAnswer(name: string, resource: TSchema): TSchema {
  return Type.Object({ [name]: resource }, closed);
}

/** The same where `fields` may leave out members. */
export function oneAnswer(name: string, resource: TObject<TProperties>): TSchema {
  return wholeAnswer(name, Type.Partial(resource, closed));
}

/** A page of them, with links to its neighbours. */
export function listAnswer(collection: string, resource: TObject<TProperties>): TSchema {
  const link = Type.Object({ rel: Type.Enum(['next', 'previous']), href: text }, closed);
  return Type.Object(
    {
      [collection]: Type.Array(Type.Partial(resource, closed)),
      [`${collection}_links`]: Type.Optional(Type.Array(link)),
    },
    closed,
  );
}
