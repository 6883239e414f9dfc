import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json';

/** Moddle descriptors every BPMN file of ours is read and written with. */
export const moddleExtensions = { zeebe };

/** A node of the BPMN model; its properties are read and written by name. */
export interface ModdleElement {
  $type: string;
  $parent?: ModdleElement;
  $instanceOf(type: string): boolean;
  id?: string;
  name?: string;
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  // biome-ignore lint/suspicious/noExplicitAny: moddle types are open by design
  [property: string]: any;
}

/** What a property with several values holds. */
export const listOf = (element: ModdleElement, property: string) =>
  (element[property] ?? []) as ModdleElement[];

/** The first extension element of a type, e.g. `zeebe:TaskDefinition`. */
export function extensionOf(element: ModdleElement, type: string): ModdleElement | undefined {
  const extensions = element.extensionElements as ModdleElement | undefined;
  const values = (extensions?.get('values') as ModdleElement[] | undefined) ?? [];
  return values.find((value) => value.$type === type);
}

export function taskType(element: ModdleElement): string | undefined {
  return extensionOf(element, 'zeebe:TaskDefinition')?.type as string | undefined;
}

/** Value of a task header; `undefined` when the element has none of that name. */
export function header(element: ModdleElement, key: string): string | undefined {
  const headers = extensionOf(element, 'zeebe:TaskHeaders');
  const all = (headers?.get('values') as ModdleElement[] | undefined) ?? [];
  return all.find((entry) => entry.key === key)?.value as string | undefined;
}
