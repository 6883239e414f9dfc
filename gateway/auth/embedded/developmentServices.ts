/** A client that comes with a secret of its own and acts as nobody but itself. */
export interface ServiceClient {
  id: string;
  secret: string;
  tenantId: string;
  roles: string[];
}

/** Beside the development users, and as public as their passwords: the same as in the Keycloak realm. */
export const developmentServices: ServiceClient[] = [
  { id: 'baton-service', secret: 'baton-service-development', tenantId: 'acme', roles: ['operator'] },
];
