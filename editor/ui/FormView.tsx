import '@bpmn-io/form-js-viewer/dist/assets/form-js-base.css';
import '@bpmn-io/form-js-viewer/dist/assets/flatpickr/light.css';
import './bpmnIo.css';
import { Form } from '@bpmn-io/form-js-viewer';
import { useEffect, useRef, useState } from 'react';
import { Callout } from './Callout.tsx';

/** As form-js takes them; its types leave `debounce` out. */
type FormOptions = ConstructorParameters<typeof Form>[0];

type Data = Readonly<Record<string, unknown>>;

/** A form that is shown, asked for what is filled in. */
export interface ShownForm {
  /** Checks every field, marks those that will not do, and answers what is filled in; or that it will not do. */
  submit(): { data: Data } | undefined;
}

export interface FormViewProps {
  schema: object;
  /** What it begins with: variables by their names. */
  data: Data;
  readOnly: boolean;
  onChange(data: Data): void;
  /** Called with the form while it is shown. */
  shown(form: ShownForm | undefined): void;
}

/** A form of Camunda (`.form`) as people fill it in. */
export function FormView(props: FormViewProps) {
  const { schema, readOnly } = props;
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const [problem, setProblem] = useState<string>();

  useEffect(() => {
    // Every letter counts at once: whoever completes by a key right after the last one loses none.
    const form = new Form({ container: host.current!, debounce: false } as FormOptions);
    let current = true;
    form.setProperty('readOnly', readOnly);
    form
      // form-js writes into what it is given.
      .importSchema(structuredClone(schema), structuredClone(latest.current.data))
      .then(() => {
        if (!current) return;
        form.on('changed', ({ data }: { data: Data }) => latest.current.onChange(data));
        latest.current.shown({
          submit() {
            const { data, errors } = form.submit();
            return Object.keys(errors).length === 0 ? { data } : undefined;
          },
        });
      })
      .catch((error: unknown) => {
        if (current) setProblem(error instanceof Error ? error.message : String(error));
      });
    return () => {
      current = false;
      latest.current.shown(undefined);
      form.destroy();
    };
  }, [schema, readOnly]);

  return (
    <>
      {problem && (
        <Callout tone="error">
          Expected the form of this task to be drawn, but: {problem} It can be answered as JSON.
        </Callout>
      )}
      <div className="bpmnio formview" ref={host} />
    </>
  );
}
