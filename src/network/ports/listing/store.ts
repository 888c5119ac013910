import { sql } from 'kysely';
import { formatAddress, parseAddress } from '../../addresses/address.ts';
import { networkErrors } from '../../errors.ts';
import {
  boolean,
  type Condition,
  condition,
  type Filters,
  nothing,
  standardFilters,
  text,
} from '../../listing/store.ts';

export const portFilters: Filters = {
  ...standardFilters,
  name: text('name'),
  network_id: text('network_id'),
  status: text('status'),
  admin_state_up: boolean('admin_state_up'),
  mac_address: condition(macIs),
  device_id: text('device_id'),
  device_owner: text('device_owner'),
  port_security_enabled: boolean('port_security_enabled'),
  'binding:host_id': text('host_id'),
  'binding:vnic_type': text('vnic_type'),
  dns_name: text('dns_name'),
  ip_address: condition((values) => hasAddress(sql`address in (${list(values.map(canonical))})`)),
  subnet_id: condition((values) => hasAddress(sql`subnet_id in (${list(values)})`)),
  fixed_ips: condition(fixedIpsMatch),
  security_groups: condition(inGroups),
};

const list = (values: readonly string[]) => (values.length > 0 ? sql.join(values) : sql`null`);

function canonical(textual: string): string {
  const address = parseAddress(textual);
  return address ? formatAddress(address) : textual;
}

function macIs(values: readonly string[]): Condition {
  return sql`mac_address in (${list(values.map((value) => value.toLowerCase()))})`;
}

function hasAddress(match: Condition): Condition {
  return sql`id in (select port_id from port_addresses where ${match})`;
}

function inGroups(values: readonly string[]): Condition {
  const groups = list(values);
  return sql`id in
    (select port_id from port_security_groups where security_group_id in (${groups}))`;
}

/** `fixed_ips=ip_address=10.0.0.5` and `fixed_ips=subnet_id=…`: of each kind, one must match. */
function fixedIpsMatch(values: readonly string[]): Condition {
  const wanted = Map.groupBy(values, (value) => value.slice(0, value.indexOf('=')));
  const conditions = [...wanted].map(([name, pairs]) => {
    const texts = pairs.map((pair) => pair.slice(name.length + 1));
    if (name === 'ip_address') return hasAddress(sql`address in (${list(texts.map(canonical))})`);
    if (name === 'subnet_id') return hasAddress(sql`subnet_id in (${list(texts)})`);
    if (name === 'ip_address_substr') {
      const likes = texts.map((part) => sql`address like ${`%${part.replaceAll(/[%_]/g, '')}%`}`);
      return hasAddress(sql`(${sql.join(likes, sql` or `)})`);
    }
    const reason = `'${name.slice(0, 64)}' is not an attribute of fixed_ips`;
    throw networkErrors.invalidAttribute({ name: 'fixed_ips', reason });
  });
  return conditions.length > 0 ? sql`(${sql.join(conditions, sql` and `)})` : nothing;
}
