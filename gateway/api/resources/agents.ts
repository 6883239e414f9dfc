import { z } from 'zod';
import { id, jsonObject, page, resourceName, toolName } from '../common.ts';
import { route } from '../route.ts';
import { assignedTask } from './assignments.ts';
import { providerName, providerTypeNames, validationStatus } from './providers.ts';
import { contentProblem, versionedRoutes } from './versioned.ts';

/** What is asked of the model besides the prompts; what is left out is the model's own. */
export const agentParameters = z.object({
  temperature: z
    .number()
    .min(0)
    .max(2)
    .default(0)
    .describe('How freely the model chooses its words: 0 always takes the likeliest.'),
  topP: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('Only the likeliest words that together have this share are considered.'),
  maxOutputTokens: z
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('Tokens of one answer at most.'),
  seed: z
    .number()
    .int()
    .optional()
    .describe('The same seed gives the same answer, where the model can do that.'),
  /** An answer ends before any of these. */
  stop: z
    .array(z.string().min(1).max(100))
    .max(4)
    .default([])
    .describe('An answer ends before any of these.'),
});

export const agentMemory = z.object({
  /** `conversation`: runs that name a conversation know what was said in it. */
  kind: z
    .enum(['none', 'conversation'])
    .default('none')
    .describe('conversation: runs that name a conversation know what was said in it.'),
  /** ISO 8601 duration after which a conversation is forgotten. */
  keep: z.iso.duration().default('P30D').describe('After this time a conversation is forgotten.'),
  /** How many of the latest messages the model is shown. */
  messages: z
    .number()
    .int()
    .min(1)
    .max(1_000)
    .default(20)
    .describe('How many of the latest messages the model is shown.'),
});

export const agentLimits = z.object({
  maxModelCalls: z.number().int().min(1).max(100).default(10).describe('Model calls of one run at most.'),
  /** Of all answers of one run together. */
  maxToolCalls: z.number().int().min(1).max(1_000).default(100).describe('Tool calls of one run at most.'),
  /** How often a tool may be called with the same arguments; once more raises AGENT_LOOP. */
  maxRepeats: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(5)
    .describe('How often a tool may be called with the same arguments; once more raises AGENT_LOOP.'),
  /** Loops one after the other in which nothing new is learned; one more raises AGENT_LOOP. */
  maxIdleLoops: z
    .number()
    .int()
    .min(1)
    .max(100)
    .default(3)
    .describe('Loops one after the other in which nothing new is learned; one more raises AGENT_LOOP.'),
  maxTokens: z.number().int().min(1).max(1_000_000).default(50_000).describe('Tokens of one run at most.'),
  /** ms for one model call. */
  timeout: z
    .number()
    .int()
    .min(100)
    .max(600_000)
    .default(60_000)
    .describe('Milliseconds for one model call.'),
  /** US dollars for one run, by the provider's prices. */
  maxCost: z
    .number()
    .min(0)
    .max(1_000_000)
    .optional()
    .describe('US dollars of one run at most, by the prices of its provider.'),
  /** ms for one run. */
  maxDuration: z
    .number()
    .int()
    .min(100)
    .max(86_400_000)
    .default(300_000)
    .describe('Milliseconds for one run.'),
});

export const agentContext = z.object({
  /** Tokens of one request, about; without it, as many as the limits allow. */
  maxTokens: z
    .number()
    .int()
    .min(500)
    .max(10_000_000)
    .optional()
    .describe('Tokens of one request, about; without it as many as the limits allow.'),
  /** What becomes of a conversation that is longer: old results of tools and loops go, are put into words, or the run ends. */
  overflow: z
    .enum(['trim', 'summarize', 'fail'])
    .default('trim')
    .describe(
      'What becomes of a conversation that is longer: old results of tools and loops go, are put into words, or the run ends.',
    ),
});

/** Asked in this order when the one before cannot answer. */
const fallbacks = z
  .array(z.object({ provider: providerName, model: z.string().min(1).max(200) }))
  .max(5)
  .default([])
  .describe('Models asked in this order when the one before cannot answer.');

/** Characters of a prompt, included ones not counted. */
export const maxPromptCharacters = 200_000;

const toolNames = z
  .array(toolName)
  .max(64)
  .superRefine((names, { addIssue }) => {
    names.forEach((name, index) => {
      if (names.indexOf(name) < index)
        addIssue({
          code: 'custom',
          path: [index],
          message: `Expected each tool once, but ${name} is there twice`,
        });
    });
  });

export const agentContent = z.object({
  description: z
    .string()
    .max(1000)
    .default('')
    .describe('What the agent is for; people read it, the model does not.'),
  /** Name of one of the tenant's providers; every tenant begins with `mock`, which answers deterministically. */
  provider: providerName.describe(
    'Provider that is asked; every tenant begins with mock, which answers by itself.',
  ),
  model: z.string().min(1).max(200).describe('Model of the provider.'),
  fallbacks,
  parameters: agentParameters.prefault({}).describe('What is asked of the model beside the prompts.'),
  /** `{{> name}}` and `{{> name@label}}` include a prompt; what they are is settled when a run begins. */
  systemPrompt: z
    .string()
    .min(1)
    .max(maxPromptCharacters)
    .describe('Who the agent is and how it works. {{> name}} includes a prompt, {{name}} takes a variable.'),
  /** `{{name}}` takes a job variable; empty = the job's variables as JSON. Includes as the system prompt does. */
  userPrompt: z
    .string()
    .max(maxPromptCharacters)
    .default('')
    .describe('What is asked in each run. {{name}} takes a variable; empty, the variables stand as JSON.'),
  /** Names of tools the model may call. */
  tools: toolNames.default([]).describe('Tools the model may call.'),
  /** Name of a policy that every run keeps to. */
  guardrails: resourceName.optional().describe('Policy that every run keeps to.'),
  memory: agentMemory.prefault({}).describe('What is remembered from run to run.'),
  context: agentContext.prefault({}).describe('How much of a conversation one request may hold.'),
  /** What an answer has to fit where the run names no task: a task's response schema by its name, or a JSON Schema. */
  response: z
    .union([resourceName, jsonObject])
    .optional()
    .describe('What an answer has to fit: a task by its name, or a JSON Schema.'),
  limits: agentLimits.prefault({}).describe('A run ends when it reaches one of these.'),
});
export type AgentContent = z.infer<typeof agentContent>;

/** An agent's content as it is stored, however long ago: at first the temperature stood beside the model. */
export function readAgentContent(stored: unknown): AgentContent {
  const { temperature, parameters, tools, ...rest } = stored as {
    temperature?: unknown;
    parameters?: object;
    tools?: unknown;
  };
  return agentContent.parse({
    ...rest,
    ...(Array.isArray(tools) && { tools: [...new Set(tools)] }),
    parameters: { ...(temperature !== undefined && { temperature }), ...parameters },
  });
}

const rows = versionedRoutes('agents', agentContent);

export const agentRoutes = {
  ...rows,
  list: route({
    ...rows.list,
    summary: 'The tenant’s agents, by name; with `search`, those whose name has it in it',
    query: page.extend({ search: z.string().min(1).max(63).optional() }),
  }),
  get: route({
    ...rows.get,
    summary: 'One agent with its provider and its tasks: the latest version or that of a number or label',
    response: rows.get.response.extend({
      /** Of the version; `null` when nobody has it any more. */
      provider: z
        .object({
          id,
          name: providerName,
          type: z.enum(providerTypeNames),
          validation_status: validationStatus,
        })
        .nullable(),
      /** The first of the tasks it has, in the order they were assigned; all of them at `/agents/:id/tasks`. */
      tasks: z.array(assignedTask),
    }),
  }),
  validate: route({
    method: 'POST',
    path: '/agents/validation',
    summary:
      'What saving an agent would refuse, and what it would do otherwise than it seems to; saves nothing',
    permission: 'agents:read',
    body: z.object({
      /** Of the agent that is edited, whose own name is not taken. */
      id: id.optional(),
      name: z.string().max(1000).optional(),
      content: z.unknown(),
    }),
    response: z.object({ problems: z.array(contentProblem) }),
    status: 200,
    errors: [],
    question: true,
  }),
};
export type Agent = z.infer<typeof rows.get.response>;
export type AgentWithTasks = z.infer<typeof agentRoutes.get.response>;
