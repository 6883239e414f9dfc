import { ok, type Result } from '@baton/engine/protocol';
import { jsonHash, type Page, type PageRequest, type Resource, type ResourceStore } from '@baton/infra/store';
import type { TemplateContent, TemplateKind } from '../../api/index.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import type { VersionedService } from '../versioned/index.ts';
import { builtInTemplates } from './builtIn/index.ts';

export interface TemplateService {
  /** Built-in ones first. */
  list(
    tenantId: string,
    of: TemplateKind | undefined,
    page: PageRequest,
  ): Promise<Page<Resource<TemplateContent>>>;
  /** `undefined` when the id is not one of the built-in ones. */
  builtIn(tenantId: string, id: string): Resource<TemplateContent> | undefined;
  /** The tenant's own; built-in ones are read only. */
  own: VersionedService<TemplateContent>;
}

/** How a template says what it is a template of, so that the store finds it by that. */
export function templateReferences({ of }: TemplateContent): string[] {
  return [kindReference(of)];
}

const kindReference = (of: TemplateKind) => `of/${of}`;

const builtInSince = new Date('2026-01-01T00:00:00Z');
const installed = builtInTemplates.map(({ name, content }) => ({
  id: `builtin-${content.of}-${name}`,
  kind: 'template' as const,
  name,
  version: 1,
  hash: jsonHash({ name, content }),
  content,
  author: 'Baton',
  message: '',
  savedAt: builtInSince,
  labels: [],
}));
const installedById = new Map(installed.map((template) => [template.id, template]));

export function createTemplateService(
  resources: ResourceStore,
  templates: VersionedService<TemplateContent>,
): TemplateService {
  async function ownOf(tenantId: string, of: TemplateKind | undefined, page: PageRequest) {
    if (of === undefined) return templates.list(tenantId, page);
    const { items, total } = await resources.referring(tenantId, 'template', kindReference(of), page);
    const found = await Promise.all(items.map(({ id }) => templates.get(tenantId, id, undefined)));
    return { items: found.flatMap((each) => (each.ok ? [each.value] : [])), total };
  }
  const readOnly = (id: string): Result<void, Refusal> => {
    const template = installedById.get(id);
    return template
      ? refuse(
          'INVALID_STATE',
          `Expected a template of your own, but '${template.name}' comes with the product; save it under another name`,
        )
      : ok();
  };

  return {
    async list(tenantId, of, { limit, offset }) {
      const first = installed
        .filter(({ content }) => of === undefined || content.of === of)
        .map((template) => ({ ...template, tenantId }));
      const shown = first.slice(offset, offset + limit);
      const own = await ownOf(tenantId, of, {
        limit: limit - shown.length,
        offset: Math.max(0, offset - first.length),
      });
      return { items: [...shown, ...own.items], total: first.length + own.total };
    },
    builtIn(tenantId, id) {
      const template = installedById.get(id);
      return template && { ...template, tenantId };
    },
    own: {
      ...templates,
      async update(tenantId, id, ...rest) {
        const own = readOnly(id);
        return own.ok ? templates.update(tenantId, id, ...rest) : own;
      },
    },
  };
}
