import { dmnNamesOf } from '@baton/gateway/documents';

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);

/** A decision as it is made: one table with one rule. Its id, which processes name it by, comes from its name. */
export function blankDecision(name: string): string {
  const id = decisionId(name);
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" id="${id}-model" name="${escaped(name)}" namespace="http://camunda.org/schema/1.0/dmn">
  <decision id="${id}" name="${escaped(name)}">
    <decisionTable id="${id}-table" hitPolicy="FIRST">
      <input id="input_1" label="Amount">
        <inputExpression id="expression_1" typeRef="number">
          <text>amount</text>
        </inputExpression>
      </input>
      <output id="output_1" label="Result" name="result" typeRef="string" />
      <rule id="rule_1">
        <inputEntry id="entry_1">
          <text>&gt;= 100</text>
        </inputEntry>
        <outputEntry id="result_1">
          <text>"ask"</text>
        </outputEntry>
      </rule>
      <rule id="rule_2">
        <inputEntry id="entry_2">
          <text></text>
        </inputEntry>
        <outputEntry id="result_2">
          <text>"approve"</text>
        </outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram>
      <dmndi:DMNShape dmnElementRef="${id}">
        <dc:Bounds height="80" width="180" x="160" y="100" />
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
`;
}

/** An id a process can name: `Refund limit` is `refund-limit`. */
export function decisionId(name: string): string {
  const id = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return /^[a-z]/.test(id) ? id : `decision-${id || '1'}`;
}

/** The same model with decisions of other ids: the only one gets the id, of several each one begins with it. */
export function withDecisionIds(xml: string, id: string): string {
  const ids = dmnNamesOf(xml).decisions.map((decision) => decision.id);
  const renamed = new Map(ids.map((before) => [before, ids.length === 1 ? id : `${id}-${before}`]));
  return xml.replace(
    /\b(id|href|dmnElementRef|decisionRef)(\s*=\s*)(["'])(#?)([^"']*)\3/g,
    (all, attribute, equals, quote, hash, before) => {
      const after = renamed.get(before);
      return after === undefined ? all : `${attribute}${equals}${quote}${hash}${after}${quote}`;
    },
  );
}
