import fc from 'fast-check';
import { userTask } from '../../bpmn.ts';
import type { BlockKind } from '../block.ts';

const form = JSON.stringify({ id: 'sheet', type: 'default', components: [] });

export const forms = {
  asked: {
    fields: () => fc.record({ binding: fc.constantFrom('latest', 'deployment') }),
    draw(drawing, { binding }) {
      const task = drawing.id('asked');
      drawing.files.set('sheet.form', form);
      const definition = `<zeebe:formDefinition formId="sheet" bindingType="${binding}" />`;
      return { content: userTask(task, definition), first: task, last: task };
    },
  } satisfies BlockKind<{ binding: string }>,
};
