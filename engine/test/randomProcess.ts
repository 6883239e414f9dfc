import fc from 'fast-check';
import {
  bpmn,
  callActivity,
  catchLink,
  catchMessage,
  catchSignal,
  catchTimer,
  end,
  errorBoundary,
  errorEnd,
  escalationBoundary,
  eventGateway,
  exclusiveGateway,
  flow,
  inclusiveGateway,
  listening,
  manualTask,
  messageBoundary,
  multiInstance,
  parallelGateway,
  path,
  receiveTask,
  scriptTask,
  sendTask,
  serviceTask,
  start,
  subProcess,
  terminateEnd,
  throwEscalation,
  throwEvent,
  throwLink,
  throwSignal,
  timerBoundary,
  undefinedTask,
  userTask,
} from './bpmn.ts';

/** A process as nested blocks: each has one way in and one way out. */
export type Block =
  | { kind: 'task' }
  | { kind: 'userTask' }
  | { kind: 'script' }
  | { kind: 'send' }
  | { kind: 'passed'; manual: boolean }
  | { kind: 'sequence'; blocks: Block[] }
  | { kind: 'choice'; blocks: Block[] }
  | { kind: 'parallel'; blocks: Block[] }
  | { kind: 'inclusive'; blocks: Block[] }
  | { kind: 'scope'; block: Block; timer: boolean }
  | { kind: 'loop'; block: Block; sequential: boolean; enough: boolean }
  | { kind: 'heard'; listeners: string[] }
  | { kind: 'call'; block: Block; timer: boolean }
  | { kind: 'timed'; interrupting: boolean; handler: Block }
  | { kind: 'guarded'; handler: Block }
  | { kind: 'milestone' }
  | { kind: 'link' }
  | { kind: 'pause' }
  | { kind: 'message' }
  | { kind: 'escalating'; interrupting: boolean; block: Block; handler: Block }
  | { kind: 'signal'; block: Block }
  | { kind: 'reminded'; interrupting: boolean; handler: Block }
  | { kind: 'race'; blocks: Block[] }
  | { kind: 'stopped'; block: Block }
  | { kind: 'failing'; block: Block };

export const blocks: fc.Arbitrary<Block> = fc.letrec<{ block: Block }>((tie) => {
  const several = fc.array(tie('block'), { minLength: 2, maxLength: 3 });
  return {
    block: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant<Block>({ kind: 'task' }),
      fc.constant<Block>({ kind: 'userTask' }),
      fc.constant<Block>({ kind: 'script' }),
      fc.constant<Block>({ kind: 'send' }),
      fc.boolean().map((manual): Block => ({ kind: 'passed', manual })),
      several.map((blocks): Block => ({ kind: 'sequence', blocks })),
      several.map((blocks): Block => ({ kind: 'choice', blocks })),
      several.map((blocks): Block => ({ kind: 'parallel', blocks })),
      several.map((blocks): Block => ({ kind: 'inclusive', blocks })),
      fc.tuple(tie('block'), fc.boolean()).map(([block, timer]): Block => ({ kind: 'scope', block, timer })),
      fc
        .uniqueArray(fc.constantFrom('start:work', 'start:other', 'end:work', 'end:other'), { minLength: 1 })
        .map((listeners): Block => ({ kind: 'heard', listeners })),
      fc
        .tuple(tie('block'), fc.boolean(), fc.boolean())
        .map(([block, sequential, enough]): Block => ({ kind: 'loop', block, sequential, enough })),
      fc.tuple(tie('block'), fc.boolean()).map(([block, timer]): Block => ({ kind: 'call', block, timer })),
      fc
        .tuple(fc.boolean(), tie('block'))
        .map(([interrupting, handler]): Block => ({ kind: 'timed', interrupting, handler })),
      tie('block').map((handler): Block => ({ kind: 'guarded', handler })),
      fc.constant<Block>({ kind: 'milestone' }),
      fc.constant<Block>({ kind: 'link' }),
      fc.constant<Block>({ kind: 'pause' }),
      fc.constant<Block>({ kind: 'message' }),
      fc
        .tuple(fc.boolean(), tie('block'), tie('block'))
        .map(
          ([interrupting, block, handler]): Block => ({ kind: 'escalating', interrupting, block, handler }),
        ),
      tie('block').map((block): Block => ({ kind: 'signal', block })),
      fc
        .tuple(fc.boolean(), tie('block'))
        .map(([interrupting, handler]): Block => ({ kind: 'reminded', interrupting, handler })),
      several.map((blocks): Block => ({ kind: 'race', blocks })),
      tie('block').map((block): Block => ({ kind: 'stopped', block })),
      tie('block').map((block): Block => ({ kind: 'failing', block })),
    ),
  };
}).block;

export interface RandomProcess {
  xml: string;
  /** Names of the variables that choose a branch, with the number of branches. */
  choices: { [name: string]: number };
  /** Tasks from which a worker may throw `E1`. */
  guarded: Set<string>;
}

interface Part {
  content: string;
  first: string;
  last: string;
}

export function processOf(block: Block): RandomProcess {
  const choices: RandomProcess['choices'] = {};
  const guarded = new Set<string>();
  const called: string[] = [];
  let made = 0;
  const id = (name: string) => `${name}${++made}`;

  const draw: { [K in Block['kind']]: (block: Extract<Block, { kind: K }>) => Part } = {
    task() {
      const task = id('task');
      return { content: serviceTask(task, { type: 'work' }), first: task, last: task };
    },
    userTask() {
      const task = id('userTask');
      return { content: userTask(task), first: task, last: task };
    },
    script() {
      const task = id('script');
      return { content: scriptTask(task, '=[1, "a"]', task), first: task, last: task };
    },
    send() {
      const task = id('send');
      return { content: sendTask(task, { type: 'work' }), first: task, last: task };
    },
    passed({ manual }) {
      const task = id('passed');
      return { content: manual ? manualTask(task) : undefinedTask(task), first: task, last: task };
    },
    sequence({ blocks }) {
      const parts = blocks.map(part);
      const flows = parts.slice(1).map(({ first }, index) => flow(parts[index]!.last, first));
      return {
        content: [...parts.map(({ content }) => content), ...flows].join('\n'),
        first: parts[0]!.first,
        last: parts.at(-1)!.last,
      };
    },
    choice({ blocks }) {
      const [fork, join] = [id('choice'), id('merge')];
      choices[fork] = blocks.length;
      const parts = blocks.map(part);
      const isDefault = (index: number) => index === parts.length - 1;
      return {
        content: [
          exclusiveGateway(fork, `${fork}-${parts.at(-1)!.first}`),
          exclusiveGateway(join),
          ...parts.map(
            ({ content, first, last }, index) =>
              content +
              flow(fork, first, isDefault(index) ? undefined : `=${fork} = ${index}`) +
              flow(last, join),
          ),
        ].join('\n'),
        first: fork,
        last: join,
      };
    },
    parallel({ blocks }) {
      const [fork, join] = [id('fork'), id('join')];
      const parts = blocks.map(part);
      return {
        content: [
          parallelGateway(fork),
          parallelGateway(join),
          ...parts.map(({ content, first, last }) => content + flow(fork, first) + flow(last, join)),
        ].join('\n'),
        first: fork,
        last: join,
      };
    },
    inclusive({ blocks }) {
      const [fork, join] = [id('some'), id('gather')];
      choices[fork] = 2 ** (blocks.length - 1);
      const parts = blocks.map(part);
      // each bit of the choice opens a branch; the last one is for when there is none
      const isDefault = (index: number) => index === parts.length - 1;
      return {
        content: [
          inclusiveGateway(fork, `${fork}-${parts.at(-1)!.first}`),
          inclusiveGateway(join),
          ...parts.map(
            ({ content, first, last }, index) =>
              content +
              flow(fork, first, isDefault(index) ? undefined : `=odd(floor(${fork} / ${2 ** index}))`) +
              flow(last, join),
          ),
        ].join('\n'),
        first: fork,
        last: join,
      };
    },
    scope({ block, timer }) {
      const scope = id('scope');
      const [begin, finish] = [id('start'), id('end')];
      const inner = part(block);
      const content = subProcess(
        scope,
        {},
        start(begin),
        inner.content,
        end(finish),
        flow(begin, inner.first),
        flow(inner.last, finish),
      );
      return timer
        ? escaping(scope, content, (event) => timerBoundary(event, scope, { duration: 'PT1M' }))
        : { content, first: scope, last: scope };
    },
    heard({ listeners }) {
      const task = id('heard');
      return {
        content: listening(serviceTask(task, { type: 'work' }), ...listeners),
        first: task,
        last: task,
      };
    },
    loop({ block, sequential, enough }) {
      const loop = id('loop');
      const [begin, finish] = [id('start'), id('end')];
      const inner = part(block);
      const activity = subProcess(
        loop,
        {},
        start(begin),
        inner.content,
        end(finish),
        flow(begin, inner.first),
        flow(inner.last, finish),
      );
      const content = multiInstance(activity, {
        sequential,
        over: '=[1, 2]',
        as: 'item',
        collection: loop,
        element: '=item * loopCounter',
        ...(enough ? { until: '=numberOfCompletedInstances = 1' } : {}),
      });
      return { content, first: loop, last: loop };
    },
    call({ block, timer }) {
      const [activity, process] = [id('call'), id('called')];
      const [begin, finish] = [id('start'), id('end')];
      const inner = part(block);
      called.push(
        `<bpmn:process id="${process}" isExecutable="true">${[
          start(begin),
          inner.content,
          end(finish),
          flow(begin, inner.first),
          flow(inner.last, finish),
        ].join('\n')}</bpmn:process>`,
      );
      const content = callActivity(activity, process);
      return timer
        ? escaping(activity, content, (event) => timerBoundary(event, activity, { duration: 'PT1M' }))
        : { content, first: activity, last: activity };
    },
    timed({ interrupting, handler }) {
      const task = id('timed');
      const content = serviceTask(task, { type: 'work' });
      if (interrupting)
        return escaping(task, content, (event) => timerBoundary(event, task, { duration: 'PT1M' }), handler);
      const [event, finish] = [id('event'), id('end')];
      const aside = apart(handler);
      return {
        content: [
          content,
          timerBoundary(event, task, { duration: 'PT1M' }, { interrupting: false }),
          aside.content,
          end(finish),
          flow(event, aside.first),
          flow(aside.last, finish),
        ].join('\n'),
        first: task,
        last: task,
      };
    },
    guarded({ handler }) {
      const task = id('guarded');
      guarded.add(task);
      const content = serviceTask(task, { type: 'work' });
      return escaping(task, content, (event) => errorBoundary(event, task, 'E1'), handler);
    },
    milestone() {
      const event = id('milestone');
      return { content: throwEvent(event), first: event, last: event };
    },
    link() {
      const [away, target] = [id('away'), id('target')];
      return { content: throwLink(away, away) + catchLink(target, away), first: away, last: target };
    },
    pause() {
      const event = id('pause');
      return { content: catchTimer(event, { duration: 'PT1M' }), first: event, last: event };
    },
    message() {
      const event = id('message');
      return { content: catchMessage(event, 'M1'), first: event, last: event };
    },
    /** The block begins when a signal is heard; one comes from the task before the end of the other branch. */
    signal({ block }) {
      const [fork, join, task, say, heard] = [id('fork'), id('join'), id('task'), id('say'), id('heard')];
      const inner = part(block);
      return {
        content: [
          parallelGateway(fork),
          parallelGateway(join),
          serviceTask(task, { type: 'work' }),
          throwSignal(say),
          catchSignal(heard),
          inner.content,
          path(fork, task, say, join),
          path(fork, heard, inner.first),
          flow(inner.last, join),
        ].join('\n'),
        first: fork,
        last: join,
      };
    },
    escalating({ interrupting, block, handler }) {
      const [scope, begin, raise] = [id('scope'), id('start'), id('raise')];
      const inner = part(block);
      const content = subProcess(
        scope,
        {},
        start(begin),
        throwEscalation(raise, 'X1'),
        inner.content,
        path(begin, raise, inner.first),
      );
      if (interrupting)
        return escaping(scope, content, (event) => escalationBoundary(event, scope, 'X1'), handler);
      const [event, finish] = [id('event'), id('end')];
      const aside = apart(handler);
      return {
        content: [
          content,
          escalationBoundary(event, scope, 'X1', { interrupting: false }),
          aside.content,
          end(finish),
          flow(event, aside.first),
          flow(aside.last, finish),
        ].join('\n'),
        first: scope,
        last: scope,
      };
    },
    reminded({ interrupting, handler }) {
      const task = id('reminded');
      const content = receiveTask(task, 'M1');
      if (interrupting)
        return escaping(task, content, (event) => messageBoundary(event, task, 'M2'), handler);
      const [event, finish] = [id('event'), id('end')];
      const aside = apart(handler);
      return {
        content: [
          content,
          messageBoundary(event, task, 'M2', { interrupting: false }),
          aside.content,
          end(finish),
          flow(event, aside.first),
          flow(aside.last, finish),
        ].join('\n'),
        first: task,
        last: task,
      };
    },
    race({ blocks }) {
      const [gateway, merge] = [id('race'), id('merge')];
      const ways = blocks.map((block, index) => {
        const event = id('event');
        const way = part(block);
        return [
          index === 0 ? catchMessage(event, 'M2') : catchTimer(event, { duration: `PT${index}M` }),
          way.content,
          flow(gateway, event),
          flow(event, way.first),
          flow(way.last, merge),
        ];
      });
      return {
        content: [eventGateway(gateway), exclusiveGateway(merge), ...ways.flat()].join('\n'),
        first: gateway,
        last: merge,
      };
    },
    /** Whichever is done first, the block or the task beside it: the terminate end event takes the other along. */
    stopped({ block }) {
      const [scope, begin, fork, task] = [id('scope'), id('start'), id('fork'), id('task')];
      const [stop, finish] = [id('stop'), id('end')];
      const inner = part(block);
      const content = subProcess(
        scope,
        {},
        start(begin),
        parallelGateway(fork),
        serviceTask(task, { type: 'work' }),
        inner.content,
        terminateEnd(stop),
        end(finish),
        path(begin, fork, task, stop),
        flow(fork, inner.first),
        flow(inner.last, finish),
      );
      return { content, first: scope, last: scope };
    },
    failing({ block }) {
      const [scope, begin, fail] = [id('scope'), id('start'), id('fail')];
      const inner = part(block);
      const content = subProcess(
        scope,
        {},
        start(begin),
        inner.content,
        errorEnd(fail, 'E1'),
        flow(begin, inner.first),
        flow(inner.last, fail),
      );
      const caught = id('event');
      return {
        content: content + errorBoundary(caught, scope, 'E1'),
        first: scope,
        last: caught,
      };
    },
  };

  /** Two ways out of an activity, its own and that of its boundary event, that come together again. */
  function escaping(
    activity: string,
    content: string,
    boundary: (event: string) => string,
    handler?: Block,
  ): Part {
    const [event, merge] = [id('event'), id('merge')];
    const aside = handler && part(handler);
    return {
      content: [
        content,
        boundary(event),
        exclusiveGateway(merge),
        flow(activity, merge),
        aside ? aside.content + flow(event, aside.first) + flow(aside.last, merge) : flow(event, merge),
      ].join('\n'),
      first: activity,
      last: merge,
    };
  }

  /**
   * Beside what goes on, in a scope of its own: an inclusive gateway that waits for what an event may still bring is not asked
   * again when the event can no longer happen.
   */
  function apart(block: Block): Part {
    return part({ kind: 'scope', block, timer: false });
  }

  function part(block: Block): Part {
    return draw[block.kind](block as never);
  }

  const body = part(block);
  return {
    xml: bpmn(
      'random',
      start(),
      body.content,
      end(),
      path('start', body.first),
      path(body.last, 'end'),
    ).replace('</bpmn:definitions>', `${called.join('\n')}</bpmn:definitions>`),
    choices,
    guarded,
  };
}
