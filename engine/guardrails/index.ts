/** Door `@baton/engine/guardrails`: what stands between an agent and the world. */
export type { Check, CheckContext, Judgement } from './check.ts';
export {
  type CheckSettings,
  createGuard,
  type Guard,
  type Guarded,
  type GuardedStream,
  type GuardrailPolicy,
  type PolicyCheck,
} from './guard.ts';
