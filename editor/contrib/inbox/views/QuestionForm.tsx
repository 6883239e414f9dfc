import { useStore } from 'zustand';
import { Chip, KindBadge } from '../../../ui/Badge.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { ChoiceCards } from '../../../ui/ChoiceCards.tsx';
import { Field } from '../../../ui/Field.tsx';
import { SchemaForm } from '../../../ui/SchemaForm.tsx';
import { Segmented } from '../../../ui/Segmented.tsx';
import { initialValues } from '../../../ui/schemaForm.ts';
import { TextArea } from '../../../ui/TextArea.tsx';
import { answerContent } from '../answer.ts';
import type { Question } from '../question.ts';
import type { TaskDocument } from '../taskDocument.ts';

/** What can be decided, and what follows from it. */
const decisions = {
  approval: [
    { value: 'accept', title: 'Approve', description: 'Call the tool with the values above' },
    { value: 'decline', title: 'Refuse', description: 'The call is not made; the agent is told and goes on' },
  ],
  input: [
    { value: 'accept', title: 'Answer', description: 'The tool goes on with the values above' },
    { value: 'decline', title: 'Decline', description: 'The tool is told that nobody wants to answer' },
  ],
} as const satisfies { [K in Question['kind']]: unknown };

/** What a tool asks, as the form of its schema, and the decision about it. */
export function QuestionForm({ document, question }: { document: TaskDocument; question: Question }) {
  const { fields, values, mode, json, tried, decision } = useStore(document.view);
  const may = document.platform.me.permissions.includes('userTasks:complete');
  const { content, errors } = answerContent(question, fields, { mode, values, json });
  const answering = decision === 'accept';
  const known = new Set(fields.map(({ name }) => name));
  const others = Object.entries(errors).filter(([name]) => mode === 'json' || !known.has(name));
  const whole = (tried || mode === 'json') && answering ? others[0]?.[1] : undefined;
  const approval = question.kind === 'approval';
  return (
    <>
      {question.problem && (
        <Callout tone="warning">The last answer was sent back. {question.problem}</Callout>
      )}
      <section className="proposal" aria-label={approval ? 'Approval' : 'Question'}>
        <div className="proposalhead">
          <KindBadge kind={question.agent ? 'agent' : 'tool'} />
          <h2 className="grow">
            {approval ? (
              <>
                {question.agent || 'An agent'} wants to call <span className="mono">{question.tool}</span>
              </>
            ) : (
              <>
                <span className="mono">{question.tool || 'A tool'}</span> asks
              </>
            )}
          </h2>
          <Chip kind={approval ? 'guardrail' : 'human'}>{approval ? 'Approval' : 'Question'}</Chip>
          {fields.length > 0 && (
            <Segmented
              label="Fields or JSON"
              value={mode}
              options={[
                { value: 'fields', title: 'Fields' },
                { value: 'json', title: 'JSON' },
              ]}
              onChange={(next) =>
                document.change(
                  next === 'json'
                    ? { mode: next, json: JSON.stringify(content, null, 2) }
                    : { mode: next, ...(!('' in errors) && { values: initialValues(fields, content) }) },
                )
              }
            />
          )}
        </div>
        {question.message && <p className="answer">{question.message}</p>}
        {mode === 'fields' ? (
          <SchemaForm
            fields={fields}
            values={values}
            disabled={!may || !answering}
            errors={tried && answering ? errors : {}}
            onChange={(next) => document.change({ values: next })}
          />
        ) : (
          <Field label={approval ? 'Arguments' : 'Answer'} note="JSON" error={whole}>
            {(control) => (
              <TextArea
                {...control}
                mono
                rows={10}
                spellCheck={false}
                disabled={!may || !answering}
                value={json}
                onChange={(event) => document.change({ json: event.target.value })}
              />
            )}
          </Field>
        )}
        {mode === 'fields' && whole && <Callout tone="error">{whole}</Callout>}
      </section>
      <ChoiceCards
        label="Decision"
        value={decision}
        options={decisions[question.kind]}
        disabled={!may}
        onChange={(next) => document.change({ decision: next })}
      />
    </>
  );
}

/** What the button that completes a question says. */
export function completing(question: Question, decision: 'accept' | 'decline'): string {
  const [accept, decline] = decisions[question.kind];
  return decision === 'decline' ? decline.title : accept.title;
}
