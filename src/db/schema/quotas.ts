/** Tables of quotas beside those of projects. */
export interface QuotaTables {
  quota_classes: QuotaClassesTable;
  user_quotas: UserQuotasTable;
}

/** The class `default` is what projects have by default. */
export interface QuotaClassesTable {
  class_name: string;
  resource: string;
  hard_limit: number;
}

/** What one user may take of a project's quota. */
export interface UserQuotasTable {
  project_id: string;
  user_id: string;
  resource: string;
  hard_limit: number;
}
