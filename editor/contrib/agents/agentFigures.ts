import { type ContentPath, pathKey } from '../../platform/contentPath.ts';
import { count, dollars, plainNumber, type Quantity, time } from '../../ui/quantities.ts';

/** The figures of an agent, by `pathKey`: each in the unit people read it in. */
const figures: Readonly<Record<string, Quantity>> = {
  '/parameters/temperature': plainNumber,
  '/parameters/topP': plainNumber,
  '/parameters/maxOutputTokens': count,
  '/parameters/seed': plainNumber,
  '/memory/messages': count,
  '/limits/maxModelCalls': count,
  '/context/maxTokens': count,
  '/limits/maxToolCalls': count,
  '/limits/maxRepeats': count,
  '/limits/maxIdleLoops': count,
  '/limits/maxTokens': count,
  '/limits/timeout': time,
  '/limits/maxCost': dollars,
  '/limits/maxDuration': time,
};

export function quantityAt(path: ContentPath): Quantity | undefined {
  return figures[pathKey(path)];
}
