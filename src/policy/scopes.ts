import { compileActionPattern } from './action-patterns.ts';

/**
 * Actions for which a grant on an enterprise project counts: those of the native ECS calls, one
 * excepted. For OpenStack's calls and the actions on volumes the published tables say that it is
 * not supported, so there such a grant has no effect.
 */
const honoured = ['ecs:cloudServers:*', 'ecs:cloudServerNics:*'].map(compileActionPattern);

/** `PUT /v1/{project_id}/cloudservers/nics/{nic_id}` is of the IAM project alone. */
const excepted = ['ecs:cloudServerNics:update'].map(compileActionPattern);

export function honoursEnterpriseProjects(action: string): boolean {
  return (
    honoured.some((matches) => matches(action)) && !excepted.some((matches) => matches(action))
  );
}
