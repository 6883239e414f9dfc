import { failed } from '@baton/engine/protocol';
import { forbidden } from '../problem.ts';
import type { Handler, Routes } from '../route.ts';

/** What of the published API is about who may do what. */
const resources = ['users', 'groups', 'roles', 'tenants', 'authorizations', 'mapping-rules'] as const;

/** This door knows no users and no rights: they belong to the gateway in front of it. */
export const identity: Routes = Object.fromEntries(
  resources.flatMap((resource) => {
    const refuse: Handler = () =>
      failed(
        forbidden(
          `Expected ${resource} to be managed by this broker, but they are managed by the gateway in front of it`,
        ),
      );
    const one = `/v2/${resource}/{id}`;
    return [
      [`POST /v2/${resource}`, refuse],
      [`POST /v2/${resource}/search`, refuse],
      [`GET ${one}`, refuse],
      [`PUT ${one}`, refuse],
      [`PATCH ${one}`, refuse],
      [`DELETE ${one}`, refuse],
    ] as const;
  }),
);
