import { childrenNamed, extension, type XmlElement } from '../xml/read.ts';

export function taskHeaders(element: XmlElement): { [name: string]: string } {
  const headers: { [name: string]: string } = {};
  for (const header of childrenNamed(extension(element, 'taskHeaders'), 'zeebe:header')) {
    const { key, value } = header.attributes;
    if (key) headers[key] = value ?? '';
  }
  return headers;
}
