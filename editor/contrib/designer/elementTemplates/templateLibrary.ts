import { failed, ok, type Result } from '@baton/engine/protocol';
import { type TemplateContent, templateRoutes, toolCatalogRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Disposable } from '../../../base/disposable.ts';
import type { Readable } from '../../../base/readable.ts';
import { coalesced } from '../../../platform/coalesced.ts';
import { everyPage } from '../../../platform/everyPage.ts';
import type { Failure } from '../../../platform/failure.ts';
import type { Platform } from '../../../platform/platform.ts';
import { readTemplates } from './readTemplates.ts';
import { type ElementTemplate, elementTemplateOf } from './template.ts';

export interface SavedElementTemplate {
  /** Of the resource that keeps it. */
  resourceId: string;
  resourceName: string;
  hash: string;
  builtIn: boolean;
  template: ElementTemplate;
}

/** The tenant's element templates, as menu and canvas offer them; kept fresh by the topic `templates`. */
export interface TemplateLibrary extends Readable<readonly SavedElementTemplate[]>, Disposable {
  /** Takes Camunda's JSON, one template or a list, as it is; one that is there already becomes its next version. */
  importText(text: string): Promise<Result<ElementTemplate[], Failure>>;
  /** A tool of any origin, as a template of its own. */
  addTool(name: string): Promise<Result<ElementTemplate, Failure>>;
}

/** Events that arrive within this many ms are answered by one reading. */
const together = 100;

export function createTemplateLibrary(platform: Platform): TemplateLibrary {
  const store = createStore<{ items: readonly SavedElementTemplate[] }>(() => ({ items: [] }));
  async function read() {
    if (!platform.me.permissions.includes('templates:read')) return;
    const answer = await everyPage((query) =>
      platform.api.call(templateRoutes.list, { query: { ...query, of: 'element' as const } }),
    );
    if (!answer.ok) return;
    store.setState({
      items: answer.value.flatMap(({ id, name, hash, builtIn, content }) => {
        const template = elementTemplateOf(content);
        return template ? [{ resourceId: id, resourceName: name, hash, builtIn, template }] : [];
      }),
    });
  }
  const { soon, dispose: stopWaiting } = coalesced(platform.timers, together, () => void read());
  const live = platform.live.subscribeTopic('templates', { event: soon, reset: soon });
  void read();

  async function save(template: ElementTemplate): Promise<Result<ElementTemplate, Failure>> {
    const content = {
      of: 'element',
      description: (template.description ?? '').slice(0, 1000),
      content: template,
    } as unknown as TemplateContent;
    const items = store.getState().items.filter(({ builtIn }) => !builtIn);
    const known = items.find((item) => item.template.id === template.id);
    const answer = known
      ? await platform.api.call(templateRoutes.update, {
          params: { id: known.resourceId },
          body: { content },
          ifMatch: known.hash,
        })
      : await platform.api.call(templateRoutes.create, {
          body: { name: nameOf(template, new Set(items.map(({ resourceName }) => resourceName))), content },
        });
    return answer.ok ? ok(template) : answer;
  }

  return {
    getState: () => store.getState().items,
    subscribe: store.subscribe,
    async importText(text) {
      const templates = await readTemplates(text);
      if (!templates.ok) return templates;
      for (const template of templates.value) {
        const saved = await save(template);
        if (!saved.ok) return failed(saved.failure);
      }
      await read();
      return templates;
    },
    async addTool(name) {
      const made = await platform.api.call(toolCatalogRoutes.elementTemplateByName, { params: { name } });
      if (!made.ok) return made;
      const saved = await save(made.value as unknown as ElementTemplate);
      await read();
      return saved;
    },
    dispose() {
      stopWaiting();
      live.dispose();
    },
  };
}

/** A name for the resource that keeps it: letters, digits and -, and nobody else's. */
export function nameOf({ id, name }: ElementTemplate, taken: ReadonlySet<string>): string {
  const words = (text: string) =>
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 56)
      .replace(/-+$/, '');
  const wanted = words(name) || words(id) || 'template';
  let free = wanted;
  for (let at = 2; taken.has(free); at++) free = `${wanted}-${at}`;
  return free;
}
