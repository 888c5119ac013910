/**
 * What a role or policy lets its holder do, in the grammar of Huawei IAM. Version 1.0 are roles,
 * 1.1 policies; the members are written as clients write them.
 */
export interface PolicyDocument {
  Version: '1.0' | '1.1';
  Statement: readonly Statement[];
  /** Roles only: these must be held in the same place, or the role grants nothing. */
  Depends?: readonly Dependency[];
}

export interface Statement {
  Effect: 'Allow' | 'Deny';
  /** Either this or `NotAction`: patterns such as `ecs:*:get*`. */
  Action?: readonly string[];
  NotAction?: readonly string[];
  /** `service:region:domain:type:path`; absent: whatever it is. The object form is of agencies. */
  Resource?: readonly string[] | { uri: readonly string[] };
  Condition?: Condition;
}

/** `{ operator: { key: [values] } }`: values are alternatives, all else must hold together. */
export type Condition = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export interface Dependency {
  catalog: string;
  display_name: string;
}

/** What a document may hold at most, as the published error codes have it. */
export const documentLimits = {
  characters: 6144,
  statements: 8,
  actions: 100,
  actionCharacters: 128,
  resources: 20,
  resourceCharacters: 1500,
  /** Of the object form. */
  uris: 10,
  operators: 10,
  attributes: 10,
  values: 10,
  valueCharacters: 1024,
} as const;
