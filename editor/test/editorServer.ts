import type { Configuration, Me, Provider } from '@baton/gateway/api';
import { permissions } from '@baton/gateway/api';
import type { Fetch } from '../platform/host.ts';

export const configuration: Configuration = {
  issuer: 'http://127.0.0.1/realms/baton',
  clientId: 'baton-editor',
  engine: 'embedded',
  version: '0.1.0',
  developmentUsers: [],
};

export const me: Me = {
  user: { id: 'acme-designer', username: 'designer', name: 'Dana Reyes', initials: 'DR' },
  tenant: { id: 'acme', name: 'Acme' },
  roles: ['designer'],
  permissions: [...permissions],
};

const workflow = {
  id: 'w1',
  name: 'Support triage',
  bpmnProcessId: 'support-triage',
  version: 3,
  updatedAt: '2026-01-02T03:04:05Z',
  updatedBy: 'designer',
};

/** The same as all documents list it. */
const document = {
  kind: 'workflow',
  id: workflow.id,
  name: workflow.name,
  version: workflow.version,
  hash: 'h1',
  updatedAt: workflow.updatedAt,
  updatedBy: workflow.updatedBy,
  defines: [workflow.bpmnProcessId],
};

const mockProvider: Provider = {
  id: 'p1',
  name: 'mock',
  type: 'mock',
  base_url: null,
  has_api_key: false,
  api_key_changed_at: null,
  prices: [],
  scenario: null,
  models: ['mock-1'],
  validation_status: 'connected',
  validation_code: '',
  validation_message: '',
  validated_at: '2026-01-02T03:04:05Z',
  agents: 0,
  hash: 'h1',
  created_at: '2026-01-02T03:04:05Z',
  updated_at: '2026-01-02T03:04:05Z',
  updated_by: 'Baton',
};

/** Answers like the gateway of a tenant with one workflow and the provider it begins with. */
export const editorServer: Fetch = async (url) => {
  const path = url.split('?')[0];
  if (path === '/api/me') return Response.json(me);
  if (path === '/api/configuration') return Response.json(configuration);
  if (path?.endsWith('/validation')) return Response.json({ problems: [] });
  const lists: Record<string, readonly unknown[]> = {
    '/api/documents': [document],
    '/api/workflows': [workflow],
    '/api/providers': [mockProvider],
  };
  const items = lists[path ?? ''] ?? [];
  return Response.json({ items, total: items.length, limit: 50, offset: 0, has_more: false });
};
