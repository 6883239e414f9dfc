import { z } from 'zod';
import { documentName, versionedRoutes } from './versioned.ts';

/** A decision model (`.dmn`) as it was written. */
export const decisionContent = z.object({ xml: z.string().min(1).max(2_000_000) });
export type DecisionContent = z.infer<typeof decisionContent>;

export const decisionRoutes = versionedRoutes('decisions', decisionContent, documentName);
export type Decision = z.infer<typeof decisionRoutes.get.response>;
