import type { Moddle } from 'bpmn-js/lib/model/Types';

const generated = /^(Activity|Gateway|Event|Flow|Process)_[0-9a-z]{7}$/;

/** An id bpmn-js made up, which nobody chose and nothing refers to by habit. */
export function isGeneratedId(id: string): boolean {
  return generated.test(id);
}

/** `Answer the angry customer!` → `answer_the_angry_customer`; empty when nothing of the name can be in an id. */
export function idFromName(name: string): string {
  const plain = name.normalize('NFKD').replace(/[\u0300-\u036f]/g, '');
  const words = plain.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const id = words.join('_').slice(0, 40).replace(/_+$/, '');
  return /^[0-9]/.test(id) ? `_${id}` : id;
}

/** Ids of a file, chosen so that people can read them in logs and expressions. */
export class ReadableIds {
  static $inject = ['moddle'];
  private readonly moddle: Moddle;

  constructor(moddle: Moddle) {
    this.moddle = moddle;
  }

  /** A free id for a name; `undefined` when the name gives none. */
  for(name: string): string | undefined {
    const wanted = idFromName(name);
    if (!wanted) return undefined;
    let id = wanted;
    for (let number = 2; this.moddle.ids.assigned(id); number++) id = `${wanted}_${number}`;
    return id;
  }
}
