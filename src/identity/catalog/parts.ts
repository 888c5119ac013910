import type { JsonObject } from '../extras.ts';

export interface Region {
  id: string;
  parentId: string | null;
  description: string;
  extra: JsonObject;
  /** It is where we are ourselves, and nobody's to change; so everywhere here. */
  isBuiltIn: boolean;
}

export interface Service {
  id: string;
  type: string;
  name: string;
  description: string;
  isEnabled: boolean;
  extra: JsonObject;
  isBuiltIn: boolean;
}

export interface ServiceEndpoint {
  id: string;
  serviceId: string;
  regionId: string | null;
  /** `public`, `internal` or `admin`. */
  interface: string;
  /** May hold `$(project_id)s` and `$(user_id)s`, also as `%(…)s` and as `tenant_id`. */
  url: string;
  isEnabled: boolean;
  extra: JsonObject;
  isBuiltIn: boolean;
}

/** Everything there is: what we are ourselves first. */
export interface Catalog {
  regions: Region[];
  services: Service[];
  endpoints: ServiceEndpoint[];
}
