import { createRegistry, type Registry } from '../base/registry.ts';

/** What F1 says of a place of the editor. */
export interface HelpTopic {
  /** A document kind, the id of a container, view or panel, or a part of the frame: `workflow`, `explorer`, `statusBar`. */
  id: string;
  title: string;
  /** Paragraphs: what it is for and how one works with it. */
  text: readonly string[];
  /** Ids of the commands one needs there most; those that are not registered are left out. */
  commands?: readonly string[];
  /** Addresses at this product, `/docs`. */
  links?: readonly { title: string; href: string }[];
}

/** A contribution says here what its views are for: `platform.help.register({ id: 'form', … })`. */
export type Help = Registry<HelpTopic>;

export function createHelp(): Help {
  return createRegistry<HelpTopic>('help topic', (topic) => topic.id);
}
