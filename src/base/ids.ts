import { randomBytes, randomUUID } from 'node:crypto';

/** Where ids and secrets come from; tests pass a seeded one to make runs repeat. */
export interface Ids {
  /** A UUID with hyphens: servers, images, networks, ports. */
  uuid(): string;
  /** 32 hexadecimal characters: projects, users, roles, jobs, as Keystone writes them. */
  hex(): string;
  /** `byteCount` unpredictable bytes as base64url: passwords, tokens. */
  secret(byteCount: number): string;
}

export const randomIds: Ids = {
  uuid: () => randomUUID(),
  hex: () => randomBytes(16).toString('hex'),
  secret: (byteCount) => randomBytes(byteCount).toString('base64url'),
};
