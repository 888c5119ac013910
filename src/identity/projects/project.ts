import type { JsonObject } from '../extras.ts';

/** A project, or a domain: that is a project which may hold users and other projects. */
export interface Project {
  id: string;
  /** Null for domains. */
  domainId: string | null;
  /** The project above, or the domain at the top; null for domains. */
  parentId: string | null;
  isDomain: boolean;
  name: string;
  description: string;
  isEnabled: boolean;
  tags: string[];
  options: JsonObject;
  extra: JsonObject;
}

/** A domain is named apart where only one will do. */
export type Domain = Project & { isDomain: true };

export function isDomain(project: Project): project is Domain {
  return project.isDomain;
}

/** Everyone's home where no other domain is named; Keystone's id for it. */
export const defaultDomainId = 'default';
