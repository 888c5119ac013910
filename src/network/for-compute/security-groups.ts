import type { Actor } from '#policy/actor.ts';
import type { Allowed } from '#policy/engine.ts';
import type { NetworkContext } from '../context.ts';
import { portsOfServers, setPortGroups, updatePortRow } from '../ports/store.ts';
import { createRule, type NewRule } from '../security-group-rules/create.ts';
import { deleteRule } from '../security-group-rules/delete.ts';
import type { SecurityGroupRule } from '../security-group-rules/rule.ts';
import { findRule } from '../security-group-rules/store.ts';
import { createSecurityGroup } from '../security-groups/create.ts';
import { deleteSecurityGroup } from '../security-groups/delete.ts';
import { ensureDefaultGroup } from '../security-groups/ensure-default.ts';
import type { SecurityGroup } from '../security-groups/security-group.ts';
import { findGroup, findGroups, groupIdsNamed, groupsByName } from '../security-groups/store.ts';
import { type SecurityGroupChange, updateSecurityGroup } from '../security-groups/update.ts';
import { proxyErrors } from './errors.ts';
import type { Permit } from './permit.ts';

/** A server as far as its groups are concerned. */
interface Member {
  id: string;
  projectId: string;
}

/** Security groups as compute shows and changes them. */
export interface SecurityGroupDesk {
  /** By project and name. @param projectId null for those of every project */
  list(projectId: string | null, page: { limit: number; offset: number }): Promise<SecurityGroup[]>;
  find(id: string): Promise<SecurityGroup | undefined>;
  /** Those of them that exist. */
  findAll(ids: readonly string[]): Promise<SecurityGroup[]>;
  ofServer(serverId: string): Promise<SecurityGroup[]>;
  create(actor: Actor, wanted: { name: string; description: string }): Promise<SecurityGroup>;
  update(target: Allowed<SecurityGroup>, change: SecurityGroupChange): Promise<SecurityGroup>;
  delete(target: Allowed<SecurityGroup>): Promise<void>;
  findRule(id: string): Promise<SecurityGroupRule | undefined>;
  createRule(actor: Actor, wanted: NewRule): Promise<SecurityGroupRule>;
  deleteRule(target: Allowed<SecurityGroupRule>): Promise<void>;
  /** One, unless the name is that of none or of several. */
  idsNamed(projectId: string, nameOrId: string): Promise<string[]>;
  /** Puts every port of the server into a group, named by name or id; effective at once. */
  join(server: Member, nameOrId: string, permit: Permit): Promise<void>;
  /** Takes them out of it. @throws SecurityGroupNotFound when none is in it. */
  leave(server: Member, nameOrId: string, permit: Permit): Promise<void>;
}

export function securityGroupDesk(context: NetworkContext): SecurityGroupDesk {
  const db = context.database.queries;
  return {
    list: async (projectId, page) => {
      if (projectId !== null) await ensureDefaultGroup(context, projectId);
      return groupsByName(db, projectId, page);
    },
    find: (id) => findGroup(db, id),
    findAll: (ids) => findGroups(db, ids),
    ofServer: async (serverId) => {
      const ports = await portsOfServers(db, [serverId]);
      return findGroups(db, [...new Set(ports.flatMap((port) => port.securityGroupIds))]);
    },
    create: (actor, wanted) => createSecurityGroup(context, actor, wanted, proxyErrors),
    update: (target, change) => updateSecurityGroup(context, target, change),
    delete: (target) => deleteSecurityGroup(context, target, proxyErrors),
    findRule: (id) => findRule(db, id),
    createRule: (actor, wanted) => createRule(context, actor, wanted, proxyErrors),
    deleteRule: (target) => deleteRule(context, target),
    idsNamed: (projectId, name) => groupIdsNamed(db, projectId, name),
    join: (server, name, permit) => changeMembership(context, server, { name, isIn: true, permit }),
    leave: (server, name, permit) =>
      changeMembership(context, server, { name, isIn: false, permit }),
  };
}

function changeMembership(
  context: NetworkContext,
  { id: serverId, projectId }: Member,
  { name, isIn, permit }: { name: string; isIn: boolean; permit: Permit },
): Promise<void> {
  return context.transact(async (tx, changes) => {
    await permit(tx);
    const shown = name.slice(0, 255);
    const [groupId, ...others] = await groupIdsNamed(tx, projectId, name);
    if (groupId === undefined) throw proxyErrors.groupNotFound({ name: shown });
    if (others.length > 0) throw proxyErrors.groupAmbiguous({ name: shown });
    const ports = await portsOfServers(tx, [serverId]);
    if (ports.length === 0) throw proxyErrors.serverWithoutPorts({ name: shown, serverId });
    // A port without protection or address cannot be in a group, and is passed over.
    const able = ports.filter((port) => port.portSecurityEnabled && port.fixedIps.length > 0);
    const differing = able.filter((port) => port.securityGroupIds.includes(groupId) !== isIn);
    if (!isIn && differing.length === 0) {
      throw proxyErrors.groupNotOnServer({ name: shown, serverId });
    }
    for (const port of differing) {
      const rest = port.securityGroupIds.filter((id) => id !== groupId);
      await setPortGroups(tx, port.id, isIn ? [...rest, groupId] : rest);
      await updatePortRow(tx, port.id, {}, context.clock.nowMs());
      changes.urgentPorts.add(port.id);
      changes.groups.add(groupId);
    }
  });
}
