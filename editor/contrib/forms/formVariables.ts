import type { FeelVariable } from '../../platform/languages/feelLanguage.ts';

/** A component of a form, as far as it holds a value. */
interface Component {
  type?: string;
  key?: string;
  /** Where the values of those within it are. */
  path?: string;
  label?: string;
  components?: readonly Component[];
}

const types: { readonly [type: string]: string } = {
  textfield: 'string',
  textarea: 'string',
  number: 'number',
  checkbox: 'boolean',
  checklist: 'list',
  taglist: 'list',
  filepicker: 'list',
  dynamiclist: 'list',
  group: 'context',
};

/** Variables that an expression of a form can read: its fields by their keys, and what it is given when it is opened. */
export function formVariables(
  form: { components?: readonly Component[] },
  names: readonly string[] = [],
): FeelVariable[] {
  const variables: Found = new Map();
  add(form.components ?? [], variables);
  for (const name of names)
    if (!variables.has(name)) variables.set(name, { description: 'Given to the form.', members: new Map() });
  return written(variables);
}

type Found = Map<string, { description: string; type?: string | undefined; members: Found }>;

function add(components: readonly Component[], to: Found): void {
  for (const component of components) {
    const { key, path, components: within = [] } = component;
    const bound = key || path;
    add(within, bound ? set(bound.split('.'), component, to) : to);
  }
}

/** A path of names is a context in a context; answers what is in the last one. */
function set([name = '', ...rest]: readonly string[], component: Component, to: Found): Found {
  const before = to.get(name);
  const members = before?.members ?? new Map();
  if (rest.length > 0) {
    if (!before) to.set(name, { description: 'Of the form.', type: 'context', members });
    return set(rest, component, members);
  }
  const { type = '', label } = component;
  to.set(name, {
    description: label ? `Field “${label}”.` : 'Field of the form.',
    type: types[type],
    members,
  });
  return members;
}

const written = (found: Found): FeelVariable[] =>
  [...found].map(([name, { description, type, members }]) => ({
    name,
    description,
    ...(type && { type }),
    ...(members.size > 0 && { members: written(members) }),
  }));
