import type { Configuration, Me } from '@baton/gateway/api';
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

/** Answers like the gateway of a tenant with one workflow. */
export const editorServer: Fetch = async (url) => {
  const path = url.split('?')[0];
  if (path === '/api/me') return Response.json(me);
  if (path === '/api/configuration') return Response.json(configuration);
  const items = path === '/api/workflows' ? [workflow] : [];
  return Response.json({ items, total: items.length, limit: 50, offset: 0, has_more: false });
};
