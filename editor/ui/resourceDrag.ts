/** The mime type of a document dragged inside the editor: the explorer and the lists give it, the canvas takes it. */
const resourceMime = 'application/x-baton-resource';

export interface DraggedResource {
  kind: string;
  id: string;
  name: string;
}

export function writeResource(data: DataTransfer, resource: DraggedResource): void {
  data.setData(resourceMime, JSON.stringify(resource));
  data.setData('text/plain', resource.name);
  data.effectAllowed = 'copy';
}

export function carriesResource(data: DataTransfer): boolean {
  return data.types.includes(resourceMime);
}

export function readResource(data: DataTransfer): DraggedResource | undefined {
  const text = data.getData(resourceMime);
  if (!text) return undefined;
  const value = JSON.parse(text) as Partial<DraggedResource>;
  return typeof value.kind === 'string' && typeof value.name === 'string'
    ? { kind: value.kind, id: value.id ?? '', name: value.name }
    : undefined;
}
