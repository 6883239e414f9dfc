import { FormLayouter } from '@bpmn-io/form-js-viewer';

interface Field {
  id: string;
  layout?: { row?: string };
  components?: Field[];
}

/**
 * form-js gives components that name no row a new one after every change: they are all drawn anew then, and the selected
 * one takes the focus from where somebody types. Here each keeps the row it was given.
 */
export class SteadyLayouter extends FormLayouter {
  static override $inject = ['eventBus'];
  readonly #given = new Map<string, string>();

  /** @param field its own copy of a form, or of what is in it */
  override calculateLayout(field: Field): void {
    for (const component of field.components ?? [])
      component.layout = { ...component.layout, row: component.layout?.row || this.#rowOf(component) };
    super.calculateLayout(field);
  }

  #rowOf({ id }: Field): string {
    const row = this.#given.get(id) ?? this.nextRowId();
    this.#given.set(id, row);
    return row;
  }
}

export const steadyRows = { formLayouter: ['type', SteadyLayouter] };
