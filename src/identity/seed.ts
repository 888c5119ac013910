import type { Queries } from '#db/database.ts';
import { systemTarget } from './assignments/assignment.ts';
import { insertAssignment } from './assignments/store.ts';
import type { IdentityContext } from './context.ts';
import { changeIdentity } from './context.ts';
import { defaultDomainId, type Project } from './projects/project.ts';
import { findProject, findProjectByName, insertProject } from './projects/store.ts';
import type { Role } from './roles/role.ts';
import { seedLaterRoles, seedRoles } from './roles/seed.ts';
import { findUserByName, insertUser } from './users/store.ts';
import type { User } from './users/user.ts';

export interface Seeded {
  adminProjectId: string;
  demoProjectId: string;
}

/**
 * What the first start finds: the default domain, projects and users `admin` and `demo`, and the
 * roles. A later start adds roles that are new and changes nothing, in particular no password, so
 * that it may run always.
 */
export async function seedIdentity(
  context: IdentityContext,
  passwords: { admin: string; demo: string },
): Promise<Seeded> {
  const known = await findSeeded(context.database.queries);
  if (known) {
    await seedLaterRoles(context);
    return known;
  }
  const [adminHash, demoHash] = await Promise.all([
    context.passwords.hash(passwords.admin),
    context.passwords.hash(passwords.demo),
  ]);
  return changeIdentity(context, async (tx) => {
    await seedDomain(tx);
    const adminProject = await seedProject(context, tx, 'admin');
    const demoProject = await seedProject(context, tx, 'demo');
    const { admin, member } = await seedRoles(context, tx);
    const adminUser = await seedUser(context, tx, 'admin', adminHash, adminProject.id);
    const demoUser = await seedUser(context, tx, 'demo', demoHash, demoProject.id);
    await assign(tx, adminUser, adminProject, admin);
    await assign(tx, adminUser, demoProject, admin);
    await assign(tx, adminUser, { id: defaultDomainId }, admin);
    await assign(tx, adminUser, systemTarget, admin);
    await assign(tx, demoUser, demoProject, member);
    return { adminProjectId: adminProject.id, demoProjectId: demoProject.id };
  });
}

/** All was made in one transaction, so the projects stand for the rest. */
async function findSeeded(db: Queries): Promise<Seeded | undefined> {
  const admin = await findProjectByName(db, defaultDomainId, 'admin');
  const demo = await findProjectByName(db, defaultDomainId, 'demo');
  if (!admin || !demo) return undefined;
  return { adminProjectId: admin.id, demoProjectId: demo.id };
}

async function seedDomain(tx: Queries): Promise<void> {
  if (await findProject(tx, defaultDomainId)) return;
  await insertProject(tx, {
    id: defaultDomainId,
    domainId: null,
    parentId: null,
    isDomain: true,
    name: 'Default',
    description: 'The default domain',
    isEnabled: true,
    tags: [],
    options: {},
    extra: {},
  });
}

async function seedProject(context: IdentityContext, tx: Queries, name: string): Promise<Project> {
  const known = await findProjectByName(tx, defaultDomainId, name);
  if (known) return known;
  const project: Project = {
    id: context.ids.hex(),
    domainId: defaultDomainId,
    parentId: defaultDomainId,
    isDomain: false,
    name,
    description: '',
    isEnabled: true,
    tags: [],
    options: {},
    extra: {},
  };
  await insertProject(tx, project);
  return project;
}

async function seedUser(
  context: IdentityContext,
  tx: Queries,
  name: string,
  passwordHash: string,
  defaultProjectId: string,
): Promise<User> {
  const known = await findUserByName(tx, defaultDomainId, name);
  if (known) return known;
  const user: User = {
    id: context.ids.hex(),
    domainId: defaultDomainId,
    name,
    isEnabled: true,
    defaultProjectId,
    passwordHash,
    passwordChangedMs: context.clock.nowMs(),
    // The house's own passwords are in a file and not in use by people: they do not expire.
    passwordExpiresMs: null,
    passwordIsOwn: false,
    lastActiveMs: null,
    options: {},
    extra: {},
  };
  await insertUser(tx, user);
  return user;
}

function assign(tx: Queries, user: User, target: { id: string }, role: Role): Promise<void> {
  return insertAssignment(tx, {
    actorKind: 'user',
    actorId: user.id,
    targetId: target.id,
    roleId: role.id,
    isInherited: false,
  });
}
