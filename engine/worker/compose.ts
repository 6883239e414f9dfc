import type { Interceptor, JobHandler } from './ports.ts';

/** The handler wrapped by its interceptors; the first one is outermost. */
export function compose(interceptors: readonly Interceptor[], handler: JobHandler): JobHandler {
  return interceptors.reduceRight((next, intercept) => intercept(next), handler);
}
