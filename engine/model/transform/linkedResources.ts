import type { LinkedResource } from '../executable.ts';
import { childrenNamed, extension, type XmlElement } from '../xml/read.ts';
import { bindingOf } from './binding.ts';

/** `zeebe:linkedResources`, in the order of the file. None of it is an expression. */
export const linkedResources = (element: XmlElement): LinkedResource[] =>
  childrenNamed(extension(element, 'linkedResources'), 'zeebe:linkedResource').map(({ attributes }) => {
    const { resourceId = '', resourceType = '', linkName = '' } = attributes;
    return { resourceId, resourceType, linkName, binding: bindingOf(attributes) };
  });
