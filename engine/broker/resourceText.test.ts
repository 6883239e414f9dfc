import { createFeel } from '@baton/engine/feel';
import { modelProblems } from '@baton/engine/model';
import { expect, test } from 'vitest';
import { resourceText } from './resourceText.ts';

const model = (encoding: string, name: string) =>
  `<?xml version="1.0" encoding="${encoding}"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<process id="p" isExecutable="true">
<startEvent id="s" name="${name}"/>
</process></definitions>`;
const faults = (bytes: Uint8Array) =>
  modelProblems(resourceText(bytes), createFeel()).map(({ line, message }) => `${line}: ${message}`);

test.each([
  ['iso-8859-1', 'latin1'],
  ['UTF-16', 'utf16le'],
  ['utf-8', 'utf8'],
] as const)('a file is read in the encoding it says: %s', (declared, encoding) => {
  const mark = encoding === 'latin1' ? '' : '\ufeff';
  const bytes = Buffer.from(mark + model(declared, 'Prüfen'), encoding);
  expect(resourceText(bytes)).toBe(mark + model(declared, 'Prüfen'));
  expect(faults(bytes)).toEqual([]);
});

test.each([
  ['Pr\xfcfen', 'Invalid byte 1 of 1-byte UTF-8 sequence.'],
  ['\xc3x', 'Invalid byte 2 of 2-byte UTF-8 sequence.'],
  ['\xe4rz', 'Invalid byte 2 of 3-byte UTF-8 sequence.'],
  ['\xe2\x82x', 'Invalid byte 3 of 3-byte UTF-8 sequence.'],
  ['\xf0\x9f\x99x', 'Invalid byte 4 of 4-byte UTF-8 sequence.'],
])('a byte that is none of UTF-8 is told with its line', (name, message) => {
  expect(faults(Buffer.from(model('UTF-8', name), 'latin1'))).toEqual([`4: ${message}`]);
});

test('what is wrong before such a byte comes first', () => {
  const bytes = Buffer.from(model('UTF-8', '\xe4').replace('<process', '<unknown/><process'), 'latin1');
  expect(faults(bytes)).toEqual([expect.stringMatching(/^3: cvc-complex-type/)]);
});
