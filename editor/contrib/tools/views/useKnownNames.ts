import {
  connectionRoutes,
  type Permission,
  providerRoutes,
  secretRoutes,
  toolCatalogRoutes,
} from '@baton/gateway/api';
import { useEffect, useState } from 'react';
import type { Platform } from '../../../platform/platform.ts';

/** Names a tool can ask for, and tags there are; `undefined` until read, or where one may not read them. */
export interface KnownNames {
  secrets?: readonly string[];
  connections?: readonly string[];
  providers?: readonly string[];
  tags?: readonly string[];
}

/** More are not offered while one types. */
const query = { limit: 200 };

export function useKnownNames(platform: Platform): KnownNames {
  const [known, setKnown] = useState<KnownNames>({});
  useEffect(() => {
    let gone = false;
    const { api, context } = platform;
    const read = async (
      kind: keyof KnownNames,
      permission: Permission,
      ask: () => Promise<{ ok: true; value: readonly string[] } | { ok: false }>,
    ) => {
      if (!context.get(`permission:${permission}`)) return;
      const answer = await ask();
      if (!gone && answer.ok) setKnown((before) => ({ ...before, [kind]: answer.value }));
    };
    const namesOf = async (
      asked: Promise<{ ok: true; value: { items: readonly { name: string }[] } } | { ok: false }>,
    ) => {
      const answer = await asked;
      return answer.ok ? { ok: true as const, value: answer.value.items.map(({ name }) => name) } : answer;
    };
    void read('secrets', 'secrets:read', () => namesOf(api.call(secretRoutes.list, { query })));
    void read('connections', 'connections:read', () => namesOf(api.call(connectionRoutes.list, { query })));
    void read('providers', 'providers:read', () => namesOf(api.call(providerRoutes.list, { query })));
    void read('tags', 'tools:read', async () => {
      const answer = await api.call(toolCatalogRoutes.search, { query: { limit: 1 } });
      return answer.ok ? { ok: true, value: answer.value.tags.map(({ tag }) => tag) } : answer;
    });
    return () => {
      gone = true;
    };
  }, [platform]);
  return known;
}
