import type { Tree } from '@lezer/common';
import { operatorNames } from './operators.ts';

type Node = Tree['topNode'];

/** An expression as the library runs it: a function of the names it uses. */
export interface Source {
  /** `function(a, b) …` */
  text: string;
  /** Names of variables, in the order of the parameters. */
  names: string[];
}

const plainName = /^[A-Za-z_$][\w$]*$/;

/**
 * Rewrites operators into calls of ours and names into parameters. Inside filters and for names that the
 * expression binds itself the text stays as it is: there the library must see the operator and the name.
 */
export function rewrite(text: string, tree: Tree, isBuiltin: (name: string) => boolean): Source {
  const parameters = new Map<string, string>();
  const called = calledNames(text, tree);
  for (const name of called) if (!isBuiltin(name)) called.delete(name);

  function parameter(name: string): string {
    const known = parameters.get(name);
    if (known) return known;
    // functions and variables have names apart: `count(count)` is no clash
    const usable = plainName.test(name) && !name.startsWith('op__') && !called.has(name);
    const made = usable ? name : `op__variable${parameters.size}`;
    parameters.set(name, made);
    return made;
  }

  function render(node: Node, inFilter: boolean): string {
    if (node.name === 'VariableName') return variable(node);
    const operands = inFilter ? undefined : binary(node);
    if (operands) {
      const { left, operator, right } = operands;
      return `${operatorNames[operator]}(${render(left, false)}, ${render(right, false)})`;
    }
    let rendered = '';
    let at = node.from;
    let index = 0;
    for (let child = node.firstChild; child; child = child.nextSibling, index += 1) {
      const filtering = inFilter || (node.name === 'FilterExpression' && index > 0);
      rendered += text.slice(at, child.from) + render(child, filtering);
      at = child.to;
    }
    return rendered + text.slice(at, node.to);
  }

  function binary(node: Node): { left: Node; operator: string; right: Node } | undefined {
    if (node.name !== 'Comparison' && node.name !== 'ArithmeticExpression') return undefined;
    const left = node.firstChild;
    const sign = left?.nextSibling;
    const right = sign?.nextSibling;
    if (!left || !sign || !right || right.nextSibling) return undefined;
    if (sign.name !== 'CompareOp' && sign.name !== 'ArithOp') return undefined;
    const operator = text.slice(sign.from, sign.to);
    return operatorNames[operator] ? { left, operator, right } : undefined;
  }

  function variable(node: Node): string {
    const written = text.slice(node.from, node.to);
    // what is called by a name of its own is in the scope of a decision, or of the expression
    if (isCalled(node) && (isBuiltin(written) || !plainName.test(written))) return written;
    // a name bound by `for`, `some`, `every` or a function shadows the parameter of the same name
    if (written.startsWith('`')) return parameter(written.slice(1, -1));
    return /\s/.test(written) ? written : parameter(written);
  }

  const body = render(tree.topNode, false) + text.slice(tree.topNode.to);
  return {
    text: `function(${[...parameters.values()].join(', ')}) ${body}`,
    names: [...parameters.keys()],
  };
}

function isCalled(name: Node): boolean {
  return name.parent?.name === 'FunctionInvocation' && name.parent.firstChild?.from === name.from;
}

function calledNames(text: string, tree: Tree): Set<string> {
  const names = new Set<string>();
  tree.iterate({
    enter(reference) {
      if (reference.name === 'VariableName' && isCalled(reference.node)) {
        names.add(text.slice(reference.from, reference.to));
      }
    },
  });
  return names;
}
