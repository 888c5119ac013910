import { Type } from 'typebox';
import type {
  IdentityProvider,
  Mapping,
  Protocol,
  ServiceProvider,
} from '../../../federation/provider.ts';
import { boolean, closed, links, text, textOrNull, texts } from '../../answers.ts';

export const providerSchema = Type.Object(
  {
    id: text,
    domain_id: text,
    enabled: boolean,
    description: textOrNull,
    remote_ids: texts,
    authorization_ttl: Type.Union([Type.Integer(), Type.Null()]),
    links: Type.Object({ self: text, protocols: text }, closed),
  },
  closed,
);

function base(root: string, kind: string, id: string): string {
  return `${root}/OS-FEDERATION/${kind}/${encodeURIComponent(id)}`;
}

export function providerBody(provider: IdentityProvider, root: string): Record<string, unknown> {
  const self = base(root, 'identity_providers', provider.id);
  return {
    id: provider.id,
    domain_id: provider.domainId,
    enabled: provider.isEnabled,
    description: provider.description,
    remote_ids: provider.remoteIds,
    authorization_ttl: provider.authorizationMinutes,
    links: { self, protocols: `${self}/protocols` },
  };
}

export const mappingSchema = Type.Object(
  { id: text, rules: Type.Array(Type.Unknown()), schema_version: text, links },
  closed,
);

export function mappingBody(mapping: Mapping, root: string): Record<string, unknown> {
  return {
    id: mapping.id,
    rules: mapping.rules,
    schema_version: '1.0',
    links: { self: base(root, 'mappings', mapping.id) },
  };
}

export const protocolSchema = Type.Object(
  {
    id: text,
    mapping_id: text,
    remote_id_attribute: Type.Null(),
    audiences: texts,
    links: Type.Object({ self: text, identity_provider: text }, closed),
  },
  closed,
);

export function protocolBody(protocol: Protocol, root: string): Record<string, unknown> {
  const provider = base(root, 'identity_providers', protocol.idpId);
  const self = `${provider}/protocols/${encodeURIComponent(protocol.id)}`;
  return {
    id: protocol.id,
    mapping_id: protocol.mappingId,
    remote_id_attribute: null,
    audiences: protocol.audiences,
    links: { self, identity_provider: provider },
  };
}

export const serviceProviderSchema = Type.Object(
  {
    id: text,
    auth_url: text,
    sp_url: text,
    description: textOrNull,
    enabled: boolean,
    relay_state_prefix: text,
    links,
  },
  closed,
);

export function serviceProviderBody(
  provider: ServiceProvider,
  root: string,
): Record<string, unknown> {
  return {
    id: provider.id,
    auth_url: provider.authUrl,
    sp_url: provider.spUrl,
    description: provider.description,
    enabled: provider.isEnabled,
    relay_state_prefix: provider.relayStatePrefix,
    links: { self: base(root, 'service_providers', provider.id) },
  };
}
