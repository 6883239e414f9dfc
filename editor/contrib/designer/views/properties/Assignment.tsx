import { extensionOf } from '../../../../ui/diagram/index.ts';
import { FeelField } from './fields.tsx';
import { Group } from './Group.tsx';
import { problemAt, type Selected } from './model.ts';

export function Assignment({ selected }: { selected: Selected }) {
  const assignment = extensionOf(selected.bo, 'zeebe:AssignmentDefinition');
  const schedule = extensionOf(selected.bo, 'zeebe:TaskSchedule');
  return (
    <Group
      title="Assignment"
      mark={problemAt(selected, 'assignmentDefinition') ? 'error' : assignment && 'set'}
    >
      {assignmentFields.map(({ name, label, placeholder }) => (
        <FeelField
          key={name}
          selected={selected}
          label={label}
          value={(assignment?.[name] as string | undefined) ?? ''}
          placeholder={placeholder}
          problem="assignmentDefinition"
          commit={(value) =>
            selected.extensions.write(selected.element, 'zeebe:AssignmentDefinition', {
              [name]: value || undefined,
            })
          }
        />
      ))}
      <FeelField
        selected={selected}
        label="Due date"
        value={(schedule?.dueDate as string | undefined) ?? ''}
        placeholder="2026-12-24T18:00:00Z"
        problem="taskSchedule"
        commit={(dueDate) =>
          selected.extensions.write(selected.element, 'zeebe:TaskSchedule', dueDate ? { dueDate } : undefined)
        }
      />
    </Group>
  );
}

const assignmentFields = [
  { name: 'assignee', label: 'Assignee', placeholder: 'designer' },
  { name: 'candidateGroups', label: 'Candidate groups', placeholder: 'support-leads' },
  { name: 'candidateUsers', label: 'Candidate users', placeholder: '' },
] as const;
