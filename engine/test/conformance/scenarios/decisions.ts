import type { JsonObject } from '@baton/engine/protocol';
import { bpmn, end, path, start } from '../../bpmn.ts';
import { decision, dmn, literal, table } from '../../dmn.ts';
import { create, deploy, resolve, type Scenarios, type Step, setVariables } from '../scenario.ts';

const covers = ['EvaluateDecision'];
const deployment = ['DeployResource', 'EvaluateDecision'];

const evaluate = (decisionId: string, variables: JsonObject = {}): Step => ({
  rpc: 'EvaluateDecision',
  message: { decisionId, variables },
});
const byKey = (decisionKey: string, variables: JsonObject = {}, decisionId = ''): Step => ({
  rpc: 'EvaluateDecision',
  message: { decisionKey, decisionId, variables },
});
const give = (xml: string, name = 'decisions.dmn') => deploy(xml, name);
const files = (...resources: (readonly [name: string, content: string])[]): Step => ({
  rpc: 'DeployResource',
  message: { resources: resources.map(([name, content]) => ({ name, content })) },
});

/** A graph with one decision of the same id. */
const one = (id: string, logic: string, options: Parameters<typeof decision>[2] = {}) =>
  dmn(`${id}Graph`, [decision(id, logic, options)]);

/** A table over `x` with rules for more than 1, 2 and 3. */
const steps = (hitPolicy: string | undefined, outputs = ['"a"', '"b"', '"c"'], aggregation?: string) =>
  table({
    ...(hitPolicy !== undefined && { hitPolicy }),
    ...(aggregation !== undefined && { aggregation }),
    inputs: [{ label: 'How much', expression: 'x', typeRef: 'number' }],
    outputs: [{ label: 'What', name: 'what' }],
    rules: outputs.map((output, index) => [[`> ${index + 1}`], [output]]),
  });

/** Whether the value of `x` passes the tests of one rule. */
const asks = (tests: string, expression = 'x') =>
  table({ inputs: [{ expression }], outputs: [{ name: 'fits' }], rules: [[[tests], ['"yes"']]] });

/** A decision for each rule, with the values it is asked about. */
function tested(name: string, ...cases: (readonly [tests: string, ...values: JsonObject[]])[]): Step[] {
  const ids = cases.map((_, index) => `${name}${index + 1}`);
  return [
    give(
      dmn(
        `${name}Graph`,
        cases.map(([tests], index) => decision(ids[index]!, asks(tests))),
      ),
    ),
    ...cases.flatMap(([, ...values], index) => values.map((value) => evaluate(ids[index]!, value))),
  ];
}

const ruleTask = (attributes: string, more = '', rest = '') =>
  `<bpmn:businessRuleTask id="t"><bpmn:extensionElements><zeebe:calledDecision ${attributes} />${more}</bpmn:extensionElements>${rest}</bpmn:businessRuleTask>`;
const around = (id: string, task: string) => bpmn(id, start(), task, end(), path('start', 't', 'end'));
const knowledge = (id: string, name: string, parameters: readonly string[], logic: string) =>
  `<businessKnowledgeModel id="${id}" name="${name}"><encapsulatedLogic>${parameters
    .map((parameter) => `<formalParameter name="${parameter}" />`)
    .join('')}${logic}</encapsulatedLogic></businessKnowledgeModel>`;

export const decisions = {
  'decision: an expression': {
    covers: deployment,
    steps: [
      give(one('plain', literal('x + 1'))),
      evaluate('plain', { x: 1 }),
      evaluate('plain'),
      evaluate('plain', { x: 'text' }),
      byKey('$decision.plain', { x: 2 }),
      byKey('$decision.plain', { x: 3 }, 'nobody'),
    ],
  },
  'decision: one that is not there': {
    covers,
    steps: [evaluate('nowhere'), byKey('2251799813685999'), evaluate('')],
  },
  'decision: bad variables': {
    covers,
    steps: [
      give(one('badVariables', literal('x'))),
      { rpc: 'EvaluateDecision', message: { decisionId: 'badVariables', variables: '{a' } },
      { rpc: 'EvaluateDecision', message: { decisionId: 'badVariables', variables: '[1]' } },
    ],
  },
  'decision: UNIQUE, one rule fits or none': {
    covers: ['hit policy'],
    steps: [
      give(one('unique', steps('UNIQUE'))),
      evaluate('unique', { x: 2 }),
      evaluate('unique', { x: 3 }),
      evaluate('unique', { x: 0 }),
      evaluate('unique'),
      evaluate('unique', { x: 's' }),
    ],
  },
  'decision: without a hit policy it is UNIQUE': {
    covers: ['hit policy'],
    steps: [give(one('usual', steps(undefined))), evaluate('usual', { x: 3 })],
  },
  'decision: FIRST, the rules after it are not asked': {
    covers: ['hit policy'],
    steps: [give(one('first', steps('FIRST'))), evaluate('first', { x: 3 }), evaluate('first', { x: 0 })],
  },
  'decision: ANY, rules that fit agree': {
    covers: ['hit policy'],
    steps: [
      give(
        dmn('anyGraph', [decision('apart', steps('ANY')), decision('agreed', steps('ANY', ['"a"', '"a"']))]),
      ),
      evaluate('apart', { x: 3 }),
      evaluate('apart', { x: 2 }),
      evaluate('agreed', { x: 5 }),
      evaluate('agreed', { x: 0 }),
    ],
  },
  'decision: RULE ORDER, all that fit': {
    covers: ['hit policy'],
    steps: [
      give(one('ruleOrder', steps('RULE ORDER'))),
      evaluate('ruleOrder', { x: 3 }),
      evaluate('ruleOrder', { x: 0 }),
    ],
  },
  'decision: PRIORITY and OUTPUT ORDER, by the values of the output': {
    covers: ['hit policy'],
    steps: [
      give(
        dmn(
          'priorityGraph',
          ['PRIORITY', 'OUTPUT ORDER'].map((hitPolicy) =>
            decision(
              hitPolicy.replace(' ', ''),
              table({
                hitPolicy,
                inputs: [{ expression: 'x' }],
                outputs: [{ name: 'out', values: '"b","a"' }],
                rules: [
                  [['> 1'], ['"a"']],
                  [['> 2'], ['"b"']],
                ],
              }),
            ),
          ),
        ),
      ),
      evaluate('PRIORITY', { x: 3 }),
      evaluate('PRIORITY', { x: 0 }),
      evaluate('OUTPUTORDER', { x: 3 }),
    ],
  },
  'decision: COLLECT without a match gives null (quirk 17)': {
    covers: ['hit policy', 'quirk 17'],
    steps: [
      give(one('collect', steps('COLLECT'))),
      evaluate('collect', { x: 3 }),
      evaluate('collect', { x: 2 }),
      evaluate('collect', { x: 0 }),
    ],
  },
  'decision: COLLECT counts, adds, takes the least and the most': {
    covers: ['hit policy'],
    steps: [
      give(
        dmn(
          'aggregateGraph',
          ['SUM', 'MIN', 'MAX', 'COUNT'].map((each) =>
            decision(`collect${each}`, steps('COLLECT', ['0.1', '0.2', '3'], each)),
          ),
        ),
      ),
      ...['SUM', 'MIN', 'MAX', 'COUNT'].flatMap((each) => [
        evaluate(`collect${each}`, { x: 3 }),
        evaluate(`collect${each}`, { x: 9 }),
        evaluate(`collect${each}`, { x: 0 }),
      ]),
    ],
  },
  'decision: COLLECT adds no texts': {
    covers: ['hit policy'],
    steps: [
      give(
        dmn('noNumbersGraph', [
          decision('sumOfTexts', steps('COLLECT', undefined, 'SUM')),
          decision('leastOfNull', steps('COLLECT', ['null', '1'], 'MIN')),
          decision('countOfNull', steps('COLLECT', ['null', '1'], 'COUNT')),
        ]),
      ),
      evaluate('sumOfTexts', { x: 3 }),
      evaluate('leastOfNull', { x: 3 }),
      evaluate('countOfNull', { x: 3 }),
    ],
  },
  'decision: several outputs, several inputs': {
    covers,
    steps: [
      give(
        one(
          'several',
          table({
            inputs: [{ expression: 'x' }, { label: 'Y', expression: 'y' }],
            outputs: [{ name: 'a', label: 'A' }, { name: 'b' }],
            rules: [
              [
                ['1', '-'],
                ['"p"', '"q"'],
              ],
              [
                ['2', ''],
                ['"p2"', 'null'],
              ],
              [
                ['3', '"z"'],
                ['x + 1', '[1, {z: true}]'],
              ],
            ],
          }),
        ),
      ),
      evaluate('several', { x: 1 }),
      evaluate('several', { x: 2 }),
      evaluate('several', { x: 3, y: 'z' }),
      evaluate('several', { x: 9 }),
    ],
  },
  'decision: several outputs of several rules': {
    covers,
    steps: [
      give(
        dmn(
          'compoundGraph',
          ['COLLECT', 'UNIQUE'].map((hitPolicy) =>
            decision(
              `compound${hitPolicy}`,
              table({
                hitPolicy,
                inputs: [{ expression: 'x' }],
                outputs: [{ name: 'a' }, { name: 'b' }],
                rules: [
                  [['> 1'], ['1', '"s"']],
                  [['> 2'], ['null', '[1, {z: true}]']],
                ],
              }),
            ),
          ),
        ),
      ),
      evaluate('compoundCOLLECT', { x: 3 }),
      evaluate('compoundUNIQUE', { x: 3 }),
    ],
  },
  'decision: defaults of outputs': {
    covers,
    steps: [
      give(
        dmn('defaultsGraph', [
          decision(
            'oneDefault',
            table({
              inputs: [{ expression: 'x' }],
              outputs: [{ name: 'a', defaultOutput: '"dd"' }],
              rules: [[['1'], ['"p"']]],
            }),
          ),
          decision(
            'someDefault',
            table({
              inputs: [{ expression: 'x' }],
              outputs: [{ name: 'a' }, { name: 'b', defaultOutput: '"dd"' }],
              rules: [[['1'], ['"p"', '2']]],
            }),
          ),
          decision(
            'allDefault',
            table({
              hitPolicy: 'COLLECT',
              inputs: [{ expression: 'x' }],
              outputs: [
                { name: 'a', defaultOutput: 'x + 1' },
                { name: 'b', defaultOutput: '"k"' },
              ],
              rules: [[['1'], ['"p"', '2']]],
            }),
          ),
        ]),
      ),
      evaluate('oneDefault', { x: 1 }),
      evaluate('oneDefault', { x: 2 }),
      evaluate('someDefault', { x: 2 }),
      evaluate('allDefault', { x: 2 }),
    ],
  },
  'decision: a table without inputs, without rules, without a name': {
    covers,
    steps: [
      give(
        dmn('sparseGraph', [
          decision('noInputs', table({ inputs: [], outputs: [{ name: 'a' }], rules: [[[], ['"p"']]] })),
          decision('noRules', table({ inputs: [{ expression: 'x' }], outputs: [{ name: 'a' }], rules: [] })),
          decision(
            'noName',
            table({ inputs: [{ expression: 'x' }], outputs: [{}], rules: [[['1'], ['"p"']]] }),
          ),
        ]),
      ),
      evaluate('noInputs'),
      evaluate('noRules', { x: 1 }),
      evaluate('noName', { x: 1 }),
    ],
  },
  'decision: types and allowed values are not checked': {
    covers,
    steps: [
      give(
        one(
          'typed',
          table({
            inputs: [{ expression: 'x', typeRef: 'number', values: '"a","b"' }],
            outputs: [{ name: 'out', typeRef: 'string', values: '"p"' }],
            rules: [[['-'], ['5']]],
          }),
        ),
      ),
      evaluate('typed', { x: 'c' }),
    ],
  },
  'decision: how values are told': {
    covers,
    steps: [
      give(
        one(
          'told',
          table({
            inputs: [{ expression: 'x' }],
            outputs: [{ name: 'o' }],
            rules: [
              'null',
              'true',
              '1.5',
              '[1, "b"]',
              '{k: "v", n: {m: 1}}',
              'date("2020-01-02")',
              'duration("P1D")',
              'x',
            ].map((output) => [['-'], [output]]),
          }),
        ),
      ),
      evaluate('told', { x: 'va' }),
    ],
  },
  'decision: an assertion that fails': {
    covers,
    steps: [
      give(
        dmn('assertGraph', [
          decision('assertValue', literal('assert(x, x > 5, "too small")')),
          decision(
            'assertOutput',
            table({
              inputs: [{ expression: 'x' }],
              outputs: [{ name: 'o' }],
              rules: [[['-'], ['assert(x, x > 5)']]],
            }),
          ),
          decision('assertInput', asks('-', 'assert(x, x > 5)')),
        ]),
      ),
      evaluate('assertValue', { x: 1 }),
      evaluate('assertValue', { x: 6 }),
      evaluate('assertOutput', { x: 1 }),
      evaluate('assertInput', { x: 1 }),
    ],
  },
  'unary tests: values': {
    covers: ['unary tests'],
    steps: tested(
      'values',
      ['1', { x: 1 }, { x: '1' }, { x: null }, {}],
      ['"a"', { x: 'a' }, { x: 'b' }],
      ['"a","b"', { x: 'b' }, { x: 'c' }],
      ['not("a")', { x: 'a' }, { x: 'b' }, {}],
      ['not("a","b")', { x: 'c' }, { x: 'a' }],
      ['null', { x: null }, {}, { x: 1 }],
      ['-', {}],
      ['true', { x: true }, { x: false }, { x: 'true' }],
      ['{a: 1}', { x: { a: 1 } }, { x: { a: 2 } }],
      ['[1,2]', { x: 1 }, { x: [1, 2] }, { x: 3 }],
    ),
  },
  'unary tests: ranges and comparisons': {
    covers: ['unary tests'],
    steps: tested(
      'ranges',
      ['[1..5]', { x: 5 }, { x: 6 }],
      ['(1..5)', { x: 5 }],
      [']1..5[', { x: 3 }, { x: 1 }],
      ['< 5', { x: 1 }, { x: 'a' }, {}],
      ['>= 5, < 2', { x: 1 }, { x: 3 }],
      ['not(> 5)', { x: 1 }, { x: 6 }],
      ['> y', { x: 3, y: 2 }, { x: 1, y: 2 }],
      ['> y + 1', { x: 3, y: 1 }],
    ),
  },
  'unary tests: expressions': {
    covers: ['unary tests'],
    steps: tested(
      'expressions',
      ['? > 3', { x: 4 }, { x: 1 }],
      ['? in [1,2]', { x: 1 }, { x: 5 }],
      ['starts with(?, "a")', { x: 'ab' }, { x: 'b' }, { x: 1 }],
      ['contains(?, "a") and string length(?) > 1', { x: 'ab' }, { x: 'a' }],
      ['x > 5', { x: 6 }, { x: 1 }],
      [
        'y',
        { x: 1, y: 1 },
        { x: 1, y: 2 },
        { x: 1 },
        { x: 1, y: [1, 2] },
        { x: 1, y: true },
        { x: 1, y: false },
      ],
    ),
  },
  'unary tests: dates stay dates': {
    covers: ['unary tests'],
    steps: [
      give(
        dmn('datesGraph', [
          decision('asText', asks('< date("2020-06-01")')),
          decision('asDate', asks('< date("2020-06-01")', 'date(x)')),
          decision('withinDates', asks('[date("2020-01-01")..date("2020-06-01")]', 'date(x)')),
        ]),
      ),
      evaluate('asText', { x: '2020-01-01' }),
      evaluate('asDate', { x: '2020-01-01' }),
      evaluate('asDate', { x: '2021-01-01' }),
      evaluate('asDate', { x: 'foo' }),
      evaluate('withinDates', { x: '2020-01-01' }),
      evaluate('withinDates', { x: '2021-01-01' }),
    ],
  },
  'decision graph: what is required comes first': {
    covers: ['decision graph'],
    steps: [
      give(
        dmn('requiredGraph', [
          decision('top', literal('low * 2'), { requires: ['low'] }),
          decision('low', literal('x + 1'), { name: 'Decision low' }),
          decision('named', literal('v * 2'), { requires: ['variable'] }),
          decision('variable', literal('x + 1'), { variable: 'v' }),
          decision('over', literal('both.a + both.b'), { requires: ['both'] }),
          decision(
            'both',
            table({
              inputs: [{ expression: 'x' }],
              outputs: [{ name: 'a' }, { name: 'b' }],
              rules: [[['-'], ['1', '2']]],
            }),
            { variable: 'both' },
          ),
        ]),
      ),
      evaluate('top', { x: 1 }),
      evaluate('named', { x: 1 }),
      evaluate('over', { x: 1 }),
      evaluate('low', { x: 3 }),
    ],
  },
  'decision graph: under which name a result is seen': {
    covers: ['decision graph'],
    steps: [
      give(
        dmn('namesGraph', [
          decision('byId', literal('lowest'), { requires: ['lowest'] }),
          decision('byOutput', literal('a'), { requires: ['lowest'] }),
          decision('byName', literal('`The lowest`'), { requires: ['lowest'] }),
          decision(
            'lowest',
            table({ inputs: [{ expression: 'x' }], outputs: [{ name: 'a' }], rules: [[['-'], ['1']]] }),
            { name: 'The lowest' },
          ),
        ]),
      ),
      evaluate('byId', { x: 1 }),
      evaluate('byOutput', { x: 1 }),
      evaluate('byName', { x: 1 }),
    ],
  },
  'decision graph: one required twice is decided twice': {
    covers: ['decision graph'],
    steps: [
      give(
        dmn('diamondGraph', [
          decision('diamond', literal('left + right'), { requires: ['left', 'right'] }),
          decision('left', literal('base + 1'), { requires: ['base'], variable: 'left' }),
          decision('right', literal('base + 2'), { requires: ['base'], variable: 'right' }),
          decision('base', literal('x'), { variable: 'base' }),
        ]),
      ),
      evaluate('diamond', { x: 1 }),
    ],
  },
  'decision graph: a failure below': {
    covers: ['decision graph'],
    steps: [
      give(
        dmn('failingGraph', [
          decision('upper', literal('middle'), { requires: ['middle'] }),
          decision('middle', literal('lower'), { requires: ['lower'] }),
          decision('lower', steps('UNIQUE')),
        ]),
      ),
      evaluate('upper', { x: 5 }),
      evaluate('upper', { x: 2 }),
    ],
  },
  'decision graph: inputs': {
    covers: ['decision graph'],
    steps: [
      give(
        dmn('inputsGraph', [
          '<inputData id="given" name="Given" />',
          decision('withInput', literal('Given + x'), { requiresInputs: ['given'] }),
        ]),
      ),
      evaluate('withInput', { x: 1, Given: 2 }),
    ],
  },
  'business knowledge model: called, invoked, a table': {
    covers: ['business knowledge model'],
    steps: [
      give(
        dmn('knowledgeGraph', [
          decision('calls', literal('times(x, 2)'), { requiresKnowledge: ['f'] }),
          decision('callsBelow', literal('below + times(1, 1)'), {
            requires: ['belowIt'],
            requiresKnowledge: ['f'],
          }),
          decision('belowIt', literal('times(x, 3)'), { requiresKnowledge: ['f'], variable: 'below' }),
          decision(
            'invokes',
            '<invocation><literalExpression><text>times</text></literalExpression><binding><parameter name="p" /><literalExpression><text>x + 1</text></literalExpression></binding><binding><parameter name="q" /><literalExpression><text>10</text></literalExpression></binding></invocation>',
            { requiresKnowledge: ['f'] },
          ),
          decision(
            'invokesHalf',
            '<invocation><literalExpression><text>times</text></literalExpression><binding><parameter name="p" /><literalExpression><text>x + 1</text></literalExpression></binding></invocation>',
            { requiresKnowledge: ['f'] },
          ),
          decision('looksUp', literal('size(x)'), { requiresKnowledge: ['g'] }),
          decision('unknownFunction', literal('nothing(x)')),
          knowledge('f', 'times', ['p', 'q'], literal('p * q')),
          knowledge(
            'g',
            'size',
            ['p'],
            table({
              inputs: [{ expression: 'p' }],
              outputs: [{ name: 'o' }],
              rules: [
                [['> 1'], ['"big"']],
                [['<= 1'], ['"small"']],
              ],
            }),
          ),
        ]),
      ),
      evaluate('calls', { x: 2 }),
      evaluate('callsBelow', { x: 2 }),
      evaluate('invokes', { x: 2 }),
      evaluate('invokesHalf', { x: 2 }),
      evaluate('looksUp', { x: 2 }),
      evaluate('unknownFunction', { x: 2 }),
    ],
  },
  'boxed expressions: context, list, relation': {
    covers: ['boxed expressions'],
    steps: [
      give(
        dmn('boxedGraph', [
          decision(
            'boxedContext',
            `<context><contextEntry><variable name="a" />${literal('x + 1')}</contextEntry><contextEntry><variable name="b" />${literal('a * 2')}</contextEntry></context>`,
          ),
          decision(
            'boxedResult',
            `<context><contextEntry><variable name="a" />${literal('x + 1')}</contextEntry><contextEntry>${literal('a * 2')}</contextEntry></context>`,
          ),
          decision('boxedList', `<list>${literal('x')}${literal('x + 1')}</list>`),
          decision(
            'boxedRelation',
            `<relation><column name="a" /><column name="b" /><row>${literal('x')}${literal('2')}</row><row>${literal('3')}${literal('x + 9')}</row></relation>`,
          ),
          decision(
            'boxedTable',
            `<context><contextEntry><variable name="a" />${table({
              inputs: [{ expression: 'x' }],
              outputs: [{ name: 'o' }],
              rules: [
                [['> 1'], ['"big"']],
                [['<= 1'], ['"small"']],
              ],
            })}</contextEntry><contextEntry><variable name="b" /><list>${literal('a')}${literal('x')}</list></contextEntry></context>`,
          ),
        ]),
      ),
      ...['boxedContext', 'boxedResult', 'boxedList', 'boxedRelation', 'boxedTable'].map((id) =>
        evaluate(id, { x: 1 }),
      ),
    ],
  },
  'decision deployment: the same file, a new name, a change': {
    covers: ['DeployResource'],
    steps: [
      give(one('redeployed', literal('1'))),
      give(one('redeployed', literal('1'))),
      give(one('redeployed', literal('1')), 'renamed.dmn'),
      give(one('redeployed', literal('2'))),
      give(one('redeployed', literal('1'))),
      evaluate('redeployed'),
      byKey('$decision.redeployed#1'),
    ],
  },
  'decision deployment: another graph takes the decision over': {
    covers: ['DeployResource'],
    steps: [
      give(dmn('giver', [decision('taken', literal('1'))])),
      give(dmn('taker', [decision('taken', literal('2'))])),
      evaluate('taken'),
    ],
  },
  'decision deployment: ids that stand twice': {
    covers: ['DeployResource'],
    steps: [
      files(
        ['a.dmn', dmn('twinA', [decision('twin', literal('1'))])],
        ['b.dmn', dmn('twinB', [decision('twin', literal('2'))])],
      ),
      files(
        ['a.dmn', dmn('twinC', [decision('twinD', literal('1'))])],
        ['b.dmn', dmn('twinC', [decision('twinE', literal('2'))])],
      ),
      files(
        ['a.dmn', dmn('alone', [decision('aloneD', literal('1'))])],
        ['b.dmn', dmn('another', [decision('anotherD', literal('2'))])],
      ),
    ],
  },
  'decision deployment: older versions of DMN': {
    covers: ['DeployResource'],
    steps: [
      'http://www.omg.org/spec/DMN/20180521/MODEL/',
      'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
    ].map((namespace, index) =>
      give(
        one(`older${index}`, literal('1')).replace('https://www.omg.org/spec/DMN/20191111/MODEL/', namespace),
      ),
    ),
  },
  'decision deployment: one that is new makes all new': {
    covers: ['DeployResource'],
    steps: [
      files(
        ['p.bpmn', bpmn('together', start(), end(), path('start', 'end'))],
        ['a.dmn', one('togetherDecision', literal('1'))],
        ['f.form', '{"id": "togetherForm"}'],
      ),
      files(
        ['p.bpmn', bpmn('together', start(), end(), path('start', 'end'))],
        ['a.dmn', one('togetherDecision', literal('2'))],
        ['f.form', '{"id": "togetherForm"}'],
      ),
      files(
        ['p.bpmn', bpmn('together', start(), end(), path('start', 'end'))],
        ['a.dmn', one('togetherDecision', literal('2'))],
        ['f.form', '{"id": "togetherForm"}'],
      ),
      files(['p.bpmn', bpmn('together', start(), end(), path('start', 'end'))]),
    ],
  },
  'refused decision: no DMN': {
    covers: ['DeployResource'],
    steps: [
      give('nonsense'),
      give(''),
      give('<a/>'),
      give(bpmn('noDmn', start(), end(), path('start', 'end'))),
      give(one('nameless', literal('1')).replace(' name="Decision nameless"', '')),
      give(one('spaceless', literal('1')).replace(' namespace="test"', '')),
      give(one('policy', steps('WHATEVER'))),
      give(one('aggregation', steps('COLLECT', ['1'], 'AVG'))),
      give(one('outputless', table({ inputs: [{ expression: 'x' }], outputs: [], rules: [] }))),
      give(one('inputless', table({ inputs: [{}], outputs: [{ name: 'o' }], rules: [[['1'], ['2']]] }))),
      give(dmn('sameIds', [decision('sameId', literal('1')), decision('sameId', literal('2'))])),
    ],
  },
  'refused decision: expressions that cannot be parsed': {
    covers: ['DeployResource'],
    steps: [
      give(one('badLiteral', literal('x +'))),
      give(one('emptyLiteral', literal(''))),
      give(one('badTests', asks('> >'))),
      give(one('badInput', asks('-', 'x +'))),
      files(['a.dmn', one('badBoth', literal('x +'))], ['p.bpmn', bpmn('badProcess', end())]),
    ],
  },
  'refused decision: what cannot be decided': {
    covers: ['DeployResource'],
    steps: [
      give(one('noLogic', '')),
      give(one('groovy', literal('x', { expressionLanguage: 'groovy' }))),
      give(
        dmn('cyclic', [
          decision('c1', literal('1'), { requires: ['c2'] }),
          decision('c2', literal('1'), { requires: ['c1'] }),
        ]),
      ),
      give(dmn('lacking', [decision('lacks', literal('1'), { requires: ['nobody'] })])),
      give(
        one(
          'compound',
          table({
            hitPolicy: 'COLLECT',
            aggregation: 'SUM',
            inputs: [{ expression: 'x' }],
            outputs: [{ name: 'a' }, { name: 'b' }],
            rules: [[['1'], ['1', '2']]],
          }),
        ),
      ),
      give(
        one(
          'unnamed',
          table({
            inputs: [{ expression: 'x' }],
            outputs: [{}, { label: 'L' }],
            rules: [[['1'], ['1', '2']]],
          }),
        ),
      ),
      give(
        one(
          'narrow',
          `<relation><column name="a" /><column name="b" /><row>${literal('x')}</row></relation>`,
        ),
      ),
      give(
        one(
          'invokesNobody',
          '<invocation><literalExpression><text>nope</text></literalExpression></invocation>',
        ),
      ),
    ],
  },
  'business rule task: the result becomes a variable': {
    covers: ['business rule task'],
    steps: [
      files(
        ['a.dmn', one('rated', literal('x + 1'))],
        ['p.bpmn', around('rating', ruleTask('decisionId="rated" resultVariable="r"'))],
      ),
      create('rating', { x: 1 }),
    ],
  },
  'business rule task: mappings and a decision by expression': {
    covers: ['business rule task', 'input mapping', 'output mapping'],
    steps: [
      give(one('chosen', literal('x + 1'))),
      deploy(
        around(
          'choosing',
          ruleTask(
            'decisionId="=who" resultVariable="r"',
            '<zeebe:ioMapping><zeebe:input source="=y" target="x" /><zeebe:output source="=r" target="z" /></zeebe:ioMapping>',
          ),
        ),
      ),
      create('choosing', { who: 'chosen', y: 7 }),
      create('choosing', { y: 1 }),
      create('choosing', { who: 'unheardOf', y: 1 }),
      setVariables('$instance', { who: 'chosen' }),
      resolve('t'),
    ],
  },
  'business rule task: the decision comes later': {
    covers: ['business rule task', 'incident'],
    steps: [
      deploy(around('decisionComesLater', ruleTask('decisionId="late" resultVariable="r"'))),
      create('decisionComesLater', { x: 1 }),
      give(one('late', literal('x + 1'))),
      resolve('t'),
    ],
  },
  'business rule task: the decision fails': {
    covers: ['business rule task', 'incident'],
    steps: [
      files(
        ['a.dmn', one('unsure', steps('UNIQUE'))],
        ['p.bpmn', around('unsureProcess', ruleTask('decisionId="unsure" resultVariable="r"'))],
      ),
      create('unsureProcess', { x: 3 }),
      setVariables('$instance', { x: 2 }),
      resolve('t'),
    ],
  },
  'business rule task: canceled with its incident': {
    covers: ['business rule task', 'CancelProcessInstance'],
    steps: [
      deploy(around('dropped', ruleTask('decisionId="never" resultVariable="r"'))),
      create('dropped'),
      { rpc: 'CancelProcessInstance', message: { processInstanceKey: '$instance' } },
    ],
  },
  'business rule task: for every item': {
    covers: ['business rule task', 'multi-instance'],
    steps: [
      files(
        ['a.dmn', one('doubled', literal('x * 2'))],
        [
          'p.bpmn',
          around(
            'doubling',
            ruleTask(
              'decisionId="doubled" resultVariable="r"',
              '',
              '<bpmn:multiInstanceLoopCharacteristics isSequential="true"><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=[1,2]" inputElement="x" outputCollection="rs" outputElement="=r" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>',
            ),
          ),
        ],
      ),
      create('doubling'),
    ],
  },
  'business rule task: bound to its deployment': {
    covers: ['business rule task', 'bindingType', 'quirk 13'],
    steps: [
      deploy(around('bound', ruleTask('decisionId="boundTo" resultVariable="r" bindingType="deployment"'))),
      files(
        [
          'p.bpmn',
          around('bound', ruleTask('decisionId="boundTo" resultVariable="r" bindingType="deployment"')),
        ],
        ['a.dmn', one('boundTo', literal('1'))],
      ),
      give(one('boundTo', literal('2'))),
      create('bound'),
      deploy(around('boundLoosely', ruleTask('decisionId="=d" resultVariable="r" bindingType="deployment"'))),
      create('boundLoosely', { d: 'boundTo' }),
    ],
  },
  'business rule task: bound to a version tag': {
    covers: ['business rule task', 'bindingType'],
    steps: [
      give(one('tagged', literal('1'), { versionTag: 'v1' })),
      give(one('tagged', literal('2'), { versionTag: 'v1' })),
      give(one('tagged', literal('3'))),
      deploy(
        around(
          'byTag',
          ruleTask('decisionId="tagged" resultVariable="r" bindingType="versionTag" versionTag="v1"'),
        ),
      ),
      create('byTag'),
      deploy(
        around(
          'byNoTag',
          ruleTask('decisionId="tagged" resultVariable="r" bindingType="versionTag" versionTag="v9"'),
        ),
      ),
      create('byNoTag'),
    ],
  },
  'refused model: business rule tasks': {
    covers: ['business rule task'],
    steps: [
      ruleTask('resultVariable="r"'),
      ruleTask('decisionId="d"'),
      ruleTask('decisionId="= x +" resultVariable="r"'),
      ruleTask('decisionId="d" resultVariable="r" bindingType="zzz"'),
      ruleTask('decisionId="d" resultVariable="r" bindingType="versionTag"'),
      ruleTask('decisionId="d" resultVariable="r" versionTag="x"'),
      ruleTask(
        'decisionId="d" resultVariable="r"',
        '<zeebe:calledDecision decisionId="a" resultVariable="b" />',
      ),
      ruleTask('decisionId="d" resultVariable="r"', '<zeebe:taskDefinition type="a" />'),
    ].map((task) => deploy(around('badRule', task))),
  },
} satisfies Scenarios;
