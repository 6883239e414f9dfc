import { z } from 'zod';
import { documentName, versionedRoutes } from './versioned.ts';

/** A form of Camunda (`.form`) as it was written: bytes of a file that is imported stay those bytes. */
export const formContent = z.object({
  json: z.string().min(1).max(1_000_000),
});
export type FormContent = z.infer<typeof formContent>;

/** What a form's JSON has to be; what else is in it is the form's own. */
export const formDocument = z.looseObject({
  /** What processes name it by (`zeebe:formDefinition formId`). */
  id: z.string().trim().min(1).max(500),
  type: z.literal('default').optional(),
  schemaVersion: z.number().int().optional(),
  components: z.array(z.looseObject({ type: z.string().min(1) })),
});
export type FormDocument = z.infer<typeof formDocument>;

export const formRoutes = versionedRoutes('forms', formContent, documentName);
export type Form = z.infer<typeof formRoutes.get.response>;
