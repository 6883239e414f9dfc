import type { toolRoutes } from '@baton/gateway/api';
import { useState } from 'react';
import type { ResponseOf } from '../../../platform/api.ts';
import { Button } from '../../../ui/Button.tsx';
import { Foldable } from '../../../ui/Foldable.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { SchemaForm } from '../../../ui/SchemaForm.tsx';
import { fieldsOf, initialValues, readValues } from '../../../ui/schemaForm.ts';
import type { ToolDocument } from '../toolDocument.ts';

type Question = NonNullable<ResponseOf<typeof toolRoutes.run>['question']>;

/** What the tool that is tried asks a person; in a run it would be a task in the inbox. */
export function TrialQuestion({ document, question }: { document: ToolDocument; question: Question }) {
  const fields = fieldsOf(question.schema);
  const [values, setValues] = useState(() => initialValues(fields, question.proposed ?? {}));
  const [tried, setTried] = useState(false);
  const { variables, errors } = readValues(fields, values);
  const answer = () => {
    setTried(true);
    if (Object.keys(errors).length > 0) return;
    void document.answer(question.id, { action: 'accept', content: variables });
  };
  return (
    <Foldable
      title="The tool asks"
      aside={
        <span className="state waiting">
          <Icon name="codicon:watch" size={12} />
          Waiting
        </span>
      }
    >
      <form
        className="trialquestion"
        aria-label="Question of the tool"
        onSubmit={(event) => {
          event.preventDefault();
          answer();
        }}
      >
        <p>{question.message}</p>
        <SchemaForm fields={fields} values={values} errors={tried ? errors : {}} onChange={setValues} />
        <div className="tooltestactions">
          <Button size="sm" look="primary" type="submit">
            Answer
          </Button>
          <Button size="sm" onClick={() => void document.answer(question.id, { action: 'decline' })}>
            Decline
          </Button>
        </div>
        <p className="dim sm">In a run this is a task in the inbox, and the run waits for it.</p>
      </form>
    </Foldable>
  );
}
