import type { Binding } from '../executable.ts';
import type { XmlElement } from '../xml/read.ts';

/** What an element that names something deployed says of the version it means. */
export function bindingOf({ bindingType, versionTag = '' }: XmlElement['attributes']): Binding {
  if (bindingType === 'deployment') return { kind: 'deployment' };
  if (bindingType === 'versionTag') return { kind: 'versionTag', versionTag };
  return { kind: 'latest' };
}
