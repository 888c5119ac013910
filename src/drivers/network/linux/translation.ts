import type { RouterSpec } from '../network.ts';
import { gatewayLegName, tableName } from './names.ts';

const table = `inet ${tableName}`;
const outside = `"${gatewayLegName}"`;
/** Marks flows between guests that go by a floating IP: their answers must come back this way. */
const roundabout = '0x1';

/**
 * A router's address translation, rewritten whole in one transaction: flows that are translated
 * already stay so, except those by a floating IP that is no longer there.
 */
export function translationScript(router: RouterSpec): string[] {
  const gateway = router.externalGateway;
  const floating = gateway ? (router.floatingIps ?? []) : [];
  const hidden = gateway?.sourceNat
    ? [`add rule ${table} out oifname ${outside} snat ip to ${gateway.address}`]
    : [];
  return [
    `add table ${table}`,
    `flush table ${table}`,
    `add chain ${table} through { type filter hook forward priority 0; }`,
    `add chain ${table} in { type nat hook prerouting priority -100; }`,
    `add chain ${table} out { type nat hook postrouting priority 100; }`,
    // The metadata service of one network must not be asked from another.
    `add rule ${table} through ip daddr 169.254.0.0/16 drop`,
    ...floating.flatMap(inwards),
    `add rule ${table} through ct status dnat drop`,
    ...outwards(gateway?.address, floating),
    ...hidden,
  ];
}

type Floating = NonNullable<RouterSpec['floatingIps']>[number];

function inwards({ address, fixedAddress }: Floating): string[] {
  const to = `ip daddr ${address}`;
  const known = `ct original ip daddr ${address} ct reply ip saddr ${fixedAddress}`;
  return [
    `add rule ${table} in iifname ${outside} ${to} dnat ip to ${fixedAddress}`,
    `add rule ${table} in ${to} ct mark set ${roundabout} dnat ip to ${fixedAddress}`,
    `add rule ${table} through ct status dnat ${known} accept`,
  ];
}

function outwards(gateway: string | undefined, floating: readonly Floating[]): string[] {
  if (gateway === undefined) return [];
  const shown = [gateway, ...floating.map(({ address }) => address)].join(', ');
  return [
    // A flow that went out under an address which is no longer there ends with it.
    `add rule ${table} through ct status snat ct reply ip daddr != { ${shown} } drop`,
    // The guest that is spoken to would answer on its own network, past us.
    `add rule ${table} out ct mark ${roundabout} oifname != ${outside} snat ip to ${gateway}`,
    ...floating.map(
      ({ address, fixedAddress }) =>
        `add rule ${table} out oifname ${outside} ip saddr ${fixedAddress} snat ip to ${address}`,
    ),
  ];
}
