import { type Disposable, disposable } from '../../base/disposable.ts';
import { type Resource, resourceKey } from '../../platform/documents.ts';
import type { Platform } from '../../platform/platform.ts';
import { fileOf } from './exportDocuments.ts';

/**
 * A document dragged from a tree or by its tab onto the desktop becomes its file there, in browsers that take
 * `DownloadURL`. What is dragged must be there when the drag begins, so it is asked for when the button goes down.
 */
export function dragOut(platform: Platform): Disposable {
  let ready: { key: string; said: string; address: string } | undefined;
  let wanted: string | undefined;
  const forget = () => {
    if (ready) URL.revokeObjectURL(ready.address);
    ready = undefined;
  };
  const down = (event: PointerEvent) => {
    const resource = event.button === 0 ? draggedFrom(platform, event.target) : undefined;
    if (!resource) return;
    const key = resourceKey(resource);
    wanted = key;
    forget();
    void fileOf(platform, [resource]).then((file) => {
      if (!file.ok || wanted !== key) return;
      const { name, type, content } = file.value;
      const address = URL.createObjectURL(new Blob([content], { type }));
      ready = { key, said: `${type}:${name}:${address}`, address };
    });
  };
  const start = (event: DragEvent) => {
    const resource = draggedFrom(platform, event.target);
    if (!resource || ready?.key !== resourceKey(resource)) return;
    event.dataTransfer?.setData('DownloadURL', ready.said);
  };
  window.addEventListener('pointerdown', down, true);
  window.addEventListener('dragstart', start);
  return disposable(() => {
    window.removeEventListener('pointerdown', down, true);
    window.removeEventListener('dragstart', start);
    forget();
  });
}

/** The document of a row or a tab that can be dragged. */
function draggedFrom({ documents }: Platform, target: EventTarget | null): Resource | undefined {
  const place = target instanceof Element ? target.closest<HTMLElement>('[draggable="true"]') : null;
  const [kind = '', id = ''] = (place?.dataset.id ?? place?.dataset.tab ?? '').split(':');
  const entry = documents.entry({ kind, id });
  return entry && { kind, id, name: entry.name };
}
