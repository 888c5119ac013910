import { type Static, Type } from 'typebox';
import { limits } from '#base/limits.ts';

const { least, most } = limits.temporaryKeySeconds;

/** Published examples write it as text too. */
const Seconds = Type.Union([
  Type.Integer({ minimum: least, maximum: most }),
  Type.String({ pattern: '^[1-9][0-9]{2,4}$' }),
]);

const Name = Type.String({ maxLength: 255 });

/** Who asks is told by headers, which go before a token in the body in Huawei's IAM too. */
export const SecurityTokenRequest = Type.Object({
  auth: Type.Object({
    identity: Type.Object({
      methods: Type.Array(Name, { minItems: 1, maxItems: 1 }),
      token: Type.Optional(
        Type.Object({
          id: Type.Optional(Type.String()),
          duration_seconds: Type.Optional(Seconds),
        }),
      ),
      assume_role: Type.Optional(Type.Object({ agency_name: Type.Optional(Name) })),
      policy: Type.Optional(Type.Unknown()),
    }),
  }),
});

/** @returns undefined for what Huawei's bounds leave out. */
export function secondsOf(request: Static<typeof SecurityTokenRequest>): number | undefined {
  const seconds = Number(request.auth.identity.token?.duration_seconds ?? least);
  return seconds >= least && seconds <= most ? seconds : undefined;
}
