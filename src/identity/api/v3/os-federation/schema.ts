import { Type } from 'typebox';
import { Description, Id, NullableId, nameOf, noNul } from '../schemas.ts';

const closed = { additionalProperties: false };
const text = Type.String({ maxLength: 255, pattern: noNul });
const texts = Type.Array(text, { maxItems: 200 });

/** In minutes; a year at most. */
const Ttl = Type.Union([Type.Integer({ minimum: 0, maximum: 525_600 }), Type.Null()]);

const providerMembers = {
  enabled: Type.Optional(Type.Boolean()),
  description: Type.Optional(Description),
  remote_ids: Type.Optional(Type.Union([texts, Type.Null()])),
  authorization_ttl: Type.Optional(Ttl),
};

export const ProviderCreate = Type.Object({
  identity_provider: Type.Object(
    { domain_id: Type.Optional(NullableId), ...providerMembers },
    closed,
  ),
});

export const ProviderUpdate = Type.Object({
  identity_provider: Type.Object(providerMembers, closed),
});

const Domain = Type.Object({ id: Type.Optional(text), name: Type.Optional(text) }, closed);
const Named = { id: Type.Optional(text), name: Type.Optional(text), domain: Type.Optional(Domain) };

/** Users who come by federation are never those who log in here: no mapping makes them so. */
const Local = Type.Object(
  {
    user: Type.Optional(
      Type.Object({ ...Named, type: Type.Optional(Type.Literal('ephemeral')) }, closed),
    ),
    group: Type.Optional(Type.Object(Named, closed)),
    groups: Type.Optional(text),
    domain: Type.Optional(Domain),
  },
  closed,
);

const Remote = Type.Object(
  {
    type: nameOf(255),
    any_one_of: Type.Optional(texts),
    not_any_of: Type.Optional(texts),
    blacklist: Type.Optional(texts),
    whitelist: Type.Optional(texts),
    regex: Type.Optional(Type.Boolean()),
  },
  closed,
);

const Rule = Type.Object(
  {
    local: Type.Array(Local, { maxItems: 50 }),
    remote: Type.Array(Remote, { minItems: 1, maxItems: 50 }),
  },
  closed,
);

export const MappingBody = Type.Object({
  mapping: Type.Object({
    rules: Type.Array(Rule, { minItems: 1, maxItems: 100 }),
    schema_version: Type.Optional(Type.Literal('1.0')),
  }),
});

const Audiences = Type.Array(nameOf(255), { minItems: 1, maxItems: 20 });

const protocolMembers = {
  remote_id_attribute: Type.Optional(Type.Union([text, Type.Null()])),
  audiences: Type.Optional(Audiences),
};

/** Keystone leaves to its web server for whom tokens must be meant; here the protocol says it. */
export const ProtocolCreate = Type.Object({
  protocol: Type.Object({ mapping_id: Id, ...protocolMembers }, closed),
});

export const ProtocolUpdate = Type.Object({
  protocol: Type.Object({ mapping_id: Type.Optional(Id), ...protocolMembers }, closed),
});

const url = Type.String({ minLength: 1, maxLength: 2048, pattern: noNul });

const serviceMembers = {
  description: Type.Optional(Description),
  enabled: Type.Optional(Type.Boolean()),
  relay_state_prefix: Type.Optional(Type.Union([text, Type.Null()])),
};

export const ServiceProviderCreate = Type.Object({
  service_provider: Type.Object({ auth_url: url, sp_url: url, ...serviceMembers }, closed),
});

export const ServiceProviderUpdate = Type.Object({
  service_provider: Type.Object(
    { auth_url: Type.Optional(url), sp_url: Type.Optional(url), ...serviceMembers },
    closed,
  ),
});
