import type { JsonObject, JsonValue, Scenario } from '@baton/engine/protocol';
import { z } from 'zod';

const word = z.string().min(1).max(2_000);
const words = z.union([word, z.array(word).max(50)]);
const ms = z.number().int().min(0).max(3_600_000);
const tokens = z.number().int().min(0).max(1_000_000_000);
const json = z.json() as z.ZodType<JsonValue>;

const match = z
  .strictObject({
    contains: words,
    last: words,
    system: words,
    resultOf: words,
    offers: words,
    model: word,
    turn: z.number().int().min(1),
    schema: z.boolean(),
  })
  .partial();

const toolCall = z.strictObject({
  name: z.string().min(1).max(200),
  arguments: z.record(z.string(), json).optional() as z.ZodType<JsonObject | undefined>,
  repeat: z.number().int().min(1).max(1_000).optional(),
});

const text = z.string().max(100_000);
const step = z
  .strictObject({
    when: match,
    text: z.union([text, z.array(text).max(10_000)]),
    json,
    toolCalls: z.array(toolCall).min(1).max(1_000),
    finish: z.enum(['stop', 'length']),
    usage: z.strictObject({ input: tokens, cached: tokens, output: tokens, reasoning: tokens }).partial(),
    delay: ms,
    pace: ms,
    breaksOff: z.boolean(),
    failure: z
      .strictObject({
        code: z.enum(['MODEL_UNAVAILABLE', 'MODEL_REFUSED', 'MODEL_TIMEOUT', 'MODEL_ANSWER_INVALID']),
        message: z.string().max(1_000),
        retryAfter: ms,
      })
      .partial(),
    hangs: z.boolean(),
    times: z.union([z.number().int().min(1).max(1_000_000), z.literal('always')]),
  })
  .partial()
  .check((issue) => {
    const { text, json, toolCalls, failure, hangs, breaksOff, times } = issue.value;
    const wrong = (message: string) =>
      issue.issues.push({ code: 'custom', message, input: issue.value, path: [] });
    const answers = text !== undefined || json !== undefined || toolCalls !== undefined;
    if ([answers, failure !== undefined, hangs].filter(Boolean).length !== 1)
      wrong('Expected an answer (text, json, toolCalls), a failure, or hangs, but there is not just one');
    if (text !== undefined && json !== undefined) wrong('Expected text or json, but there are both');
    if (breaksOff && text === undefined) wrong('Expected a text that breaks off, but there is none');
    if (times !== undefined && !(failure || hangs || breaksOff))
      wrong('Expected times only where something goes wrong, but this is an answer');
  });

/** What a scripted provider answers, as people write it in YAML or JSON. */
export const scenario = z.strictObject({
  models: z.array(z.string().min(1).max(200)).min(1).max(100).optional(),
  scripts: z
    .array(
      z.strictObject({
        name: z.string().max(200).optional(),
        when: match.optional(),
        steps: z.array(step).min(1).max(1_000),
      }),
    )
    .min(1)
    .max(200),
}) satisfies z.ZodType<Scenario>;

/** Of a scenario whose models have no names. */
export const scriptedModels = ['scripted-1'];
