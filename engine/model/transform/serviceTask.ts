import type { ExecutableJobTask } from '../executable.ts';
import type { XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';
import { jobDefinition } from './jobDefinition.ts';
import { linkedResources } from './linkedResources.ts';

export function serviceTask(context: TransformContext, element: XmlElement): ExecutableJobTask | undefined {
  const shared = base(context, element);
  const job = jobDefinition(context, element);
  const linked = linkedResources(element);
  return (
    job && {
      ...shared,
      type: 'SERVICE_TASK',
      ...job,
      ...(linked.length > 0 && { linkedResources: linked }),
    }
  );
}
