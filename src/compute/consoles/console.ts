export type ConsoleProtocol = 'vnc' | 'spice' | 'rdp' | 'serial' | 'mks';

export type ConsoleType =
  | 'novnc'
  | 'xvpvnc'
  | 'spice-html5'
  | 'spice-direct'
  | 'rdp-html5'
  | 'serial'
  | 'webmks';

/** Which types speak which protocol; anything else is a mistake of the asking. */
export const typesOf: Readonly<Record<ConsoleProtocol, readonly ConsoleType[]>> = {
  // The viewer of `xvpvnc` went with the hypervisor it was made for.
  vnc: ['novnc'],
  spice: ['spice-html5', 'spice-direct'],
  rdp: ['rdp-html5'],
  serial: ['serial'],
  mks: ['webmks'],
};

/** Lets one user look at one server's console for a while. */
export interface ConsoleGrant {
  serverId: string;
  userId: string;
  /** Of the identity token by which it was asked for; the console ends with that token. */
  auditId: string;
  type: ConsoleType;
  expiresMs: number;
}
