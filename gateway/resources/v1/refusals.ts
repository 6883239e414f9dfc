import type { Result } from '@baton/engine/protocol';
import type { ResourceKind, ResourceStore } from '@baton/infra/store';
import { type Refusal, refuse } from '../../refusal.ts';

/**
 * `/api/v1` says what is not yours apart from what is not there (403 and 404; `/api` answers 404 to both), and a name that is
 * taken by 400 (`/api`: 409). It can tell because ids are random and come from their owner only.
 */
export interface V1Refusals {
  named<T>(
    tenantId: string,
    kind: ResourceKind,
    id: string,
    answered: Result<T, Refusal>,
  ): Promise<Result<T, Refusal>>;
}

export function v1Refusals(resources: ResourceStore): V1Refusals {
  return {
    async named(tenantId, kind, id, answered) {
      if (answered.ok) return answered;
      const { code, message, details } = answered.failure;
      if (code === 'ALREADY_EXISTS') return refuse('DUPLICATE_NAME', message, details);
      if (code === 'NOT_FOUND' && (await resources.existsElsewhere(tenantId, kind, id))) {
        return refuse(
          'FOREIGN_RESOURCE',
          `Expected one of your own ${kind}s, but '${id}' belongs to somebody else`,
        );
      }
      return answered;
    },
  };
}
