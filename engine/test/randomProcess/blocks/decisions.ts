import fc from 'fast-check';
import { decision, dmn, literal, table } from '../../dmn.ts';
import type { BlockKind } from '../block.ts';

/** A table, and a decision that requires it. */
const graph = dmn('random-decisions', [
  decision(
    'rate',
    table({
      hitPolicy: 'COLLECT',
      inputs: [{ expression: 'weight', typeRef: 'number' }],
      outputs: [{ name: 'rate', typeRef: 'number' }],
      rules: [
        [['< 1'], ['1']],
        [['[1..5]'], ['weight * 2']],
        [['-'], ['7']],
      ],
    }),
    { variable: 'rate' },
  ),
  decision('total', literal('{sum: sum(rate), count: count(rate)}'), {
    requires: ['rate'],
    variable: 'total',
  }),
]);

export const decisions = {
  ruled: {
    fields: () =>
      fc.record({
        decision: fc.constantFrom('rate', 'total', '=if weight > 1 then "rate" else "total"'),
        binding: fc.constantFrom('latest', 'deployment'),
      }),
    draw(drawing, { decision, binding }) {
      const task = drawing.id('ruled');
      drawing.choices[task] = 3;
      drawing.files.set('decisions.dmn', graph);
      const called = `decisionId="${decision.replaceAll('"', '&quot;').replaceAll('>', '&gt;')}" resultVariable="${task}Result" bindingType="${decision.startsWith('=') ? 'latest' : binding}"`;
      const content = `<bpmn:businessRuleTask id="${task}"><bpmn:extensionElements><zeebe:calledDecision ${called} /><zeebe:ioMapping><zeebe:input source="=${task}" target="weight" /></zeebe:ioMapping></bpmn:extensionElements></bpmn:businessRuleTask>`;
      return { content, first: task, last: task };
    },
  } satisfies BlockKind<{ decision: string; binding: string }>,
};
