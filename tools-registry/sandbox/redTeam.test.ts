import { afterAll, describe, expect, it } from 'vitest';
import { compileTool } from '../authoring/compile.ts';
import type { JsonValue } from '../contract/index.ts';
import { sandboxHere } from '../test/world.ts';
import type { AskHost, SandboxOutcome } from './runner.ts';

const sandbox = sandboxHere();
afterAll(() => sandbox.close());

const echo: AskHost = async ({ name, arguments: args }) => {
  if (name === 'files.list') return { ok: false, code: 'NOT_GRANTED', message: 'not yours' };
  return name === 'fetch'
    ? { ok: true, value: { status: 200, headers: {}, body: '{"__proto__":{"polluted":true},"n":1}' } }
    : { ok: true, value: args };
};

async function run(body: string, ask = echo, timeout = 5_000): Promise<SandboxOutcome> {
  const compiled = compileTool(
    /\bexport\b/.test(body)
      ? body
      : `export default defineTool({ async run(input, context) {\n${body}\n} });`,
  );
  if (!compiled.ok) throw new Error(compiled.problem.message);
  const job = { code: compiled.code, input: {}, limits: { timeout, memory: 16_000_000 } };
  return sandbox.run(job, ask, new AbortController().signal);
}

const said = (outcome: SandboxOutcome) => (outcome.ok ? outcome.value : outcome.code);

/** Everything of this process that an escape would find first. */
const ours = `['process', 'require', 'module', 'Buffer', 'global', 'fetch', 'setTimeout', 'setImmediate', 'WebAssembly', 'SharedArrayBuffer', 'Atomics', 'performance', 'navigator', 'std', 'os', 'bjson', 'gc', '__host', 'post', 'log', 'end']`;

async function serves() {
  expect(await run('return ({}).polluted ?? "fine"')).toMatchObject({ ok: true, value: 'fine' });
}

describe('what reaches for the process behind the sandbox finds an empty world', () => {
  it.each([
    ['the Function constructor of an arrow', `const world = (() => {}).constructor('return this')();`],
    [
      'the constructor chain of a literal',
      `const world = ''.sub.constructor('return this')() ?? [].filter.constructor('return this')();`,
    ],
    [
      'the async function constructor',
      `const world = await (async () => {}).constructor('return globalThis')();`,
    ],
    [
      'the generator function constructor',
      `const world = (function* () {}).constructor('yield globalThis')().next().value;`,
    ],
    ['an indirect eval', `const world = (0, eval)('this');`],
    ['the constructor of what the host gave', `const world = context.fetch.constructor('return this')();`],
    [
      'the constructor of an answer of the host',
      `const world = (await context.state.get('x')).constructor.constructor('return this')();`,
    ],
    [
      'the constructor of an error of the host',
      `let world; try { await context.files.list(); } catch (e) { world = e.constructor.constructor('return this')(); }`,
    ],
    ['sloppy this', `const world = (function () { return this; })() ?? globalThis;`],
    [
      'the promise of a host call',
      `const world = context.state.get('x').constructor.constructor('return this')();`,
    ],
  ])('%s', async (_name, reach) => {
    const outcome = await run(
      `${reach}\nreturn ${ours}.filter((name) => typeof world[name] !== 'undefined');`,
    );

    expect(said(outcome)).toEqual([]);
    await serves();
  });

  it.each([
    [
      'error.prepareStackTrace and its call sites',
      `let frames; Error.prepareStackTrace = (_e, sites) => { frames = sites; return ''; };
       const nothing = new Error('x').stack;
       const reached = (frames ?? []).flatMap((site) => ['getThis', 'getFunction'].map((name) => { try { return site[name]?.(); } catch { return undefined; } }));
       return reached.some((thing) => thing && typeof thing.process !== 'undefined') ? 'escaped' : 'nothing';`,
      'nothing',
    ],
    [
      'Error.captureStackTrace on a proxy',
      `const trap = new Proxy({}, { defineProperty(_t, _k, d) { globalThis.got = d; return true; } }); try { Error.captureStackTrace(trap); } catch {} return typeof globalThis.process;`,
      'undefined',
    ],
    [
      'arguments.callee.caller of a host function',
      `return (() => { try { return typeof context.fetch.caller; } catch (e) { return 'refused'; } })() === 'function' ? 'escaped' : 'nothing';`,
      'nothing',
    ],
    [
      'a getter instead of run',
      `export default { get run() { return () => typeof process; } };`,
      'undefined',
    ],
    [
      'a module that is a thenable',
      `export function then(resolve) { resolve({ default: { run: () => typeof process } }); }`,
      'undefined',
    ],
    [
      'a proxy as the tool',
      `export default new Proxy({}, { get: (_t, name) => (name === 'run' ? () => typeof require : undefined) });`,
      'undefined',
    ],
    [
      'import() of a built-in',
      `return import('node:fs').then(() => 'escaped', (e) => e.message);`,
      "Expected a tool to stand on its own, but it imports 'node:fs'",
    ],
    [
      'import() of a data URL',
      `return import('data:text/javascript,1').then(() => 'escaped', () => 'refused');`,
      'refused',
    ],
    [
      'import() of itself under another name',
      `return import('file:///etc/passwd').then(() => 'escaped', () => 'refused');`,
      'refused',
    ],
    ['import.meta', `return JSON.stringify(Object.keys(import.meta));`, '[]'],
    ['process.binding by name', `return typeof globalThis['pro' + 'cess']?.binding;`, 'undefined'],
    ['unicode names', `const ｐrocess = 1; return typeof pro\\u0063ess;`, 'undefined'],
    ['a WebAssembly of its own', `return typeof WebAssembly;`, 'undefined'],
    [
      'a timer made of shared memory',
      `return [typeof SharedArrayBuffer, typeof Atomics, typeof performance].join();`,
      'undefined,undefined,undefined',
    ],
    [
      'time that passes while it computes',
      `const from = Date.now(); for (let i = 0; i < 1e6; i++); return [Date.now() - from, new Date() - from, new Date(0).constructor.now() - from];`,
      [0, 0, 0],
    ],
  ] as [string, string, JsonValue][])('%s', async (_name, body, expected) => {
    expect(said(await run(body))).toEqual(expected);
    await serves();
  });
});

describe('what crosses the border is text, whatever made it', () => {
  it.each([
    ['JSON with __proto__ in an answer', `return JSON.parse('{"__proto__": {"polluted": true}}');`],
    [
      '__proto__ of an answer of the host',
      `const a = await (await context.fetch('https://x')).json(); return { n: a.n, p: ({}).polluted ?? 'clean' };`,
    ],
    ['a polluted Object.prototype', `Object.prototype.polluted = 'yes'; return 1;`],
    [
      'a polluted Array.prototype and JSON',
      `Array.prototype.map = () => ['x']; JSON.stringify = () => '"forged"'; return 1;`,
    ],
    ['toJSON for everybody', `Object.prototype.toJSON = () => 'forged'; return 1;`],
    [
      'a replaced Promise',
      `globalThis.Promise = class { then() {} }; Promise.prototype.then = () => {}; return 1;`,
    ],
    [
      'a changed Promise.prototype.then',
      `const then = Promise.prototype.then; Promise.prototype.then = function (...a) { return then.apply(this, a); }; return await context.state.get('x');`,
    ],
    [
      'a changed Symbol.species',
      `Object.defineProperty(Promise, Symbol.species, { get() { return class { constructor(f) { f(() => {}, () => {}); } }; } }); return 1;`,
    ],
  ])('%s', async (_name, body) => {
    const outcome = await run(body);

    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.prototype).not.toHaveProperty('toJSON');
    if (outcome.ok && typeof outcome.value === 'object')
      expect(Object.getPrototypeOf(outcome.value)).toBe(Object.prototype);
    await serves();
  });

  it('an argument of the host that acts when it is read acts inside', async () => {
    const seen: JsonValue[] = [];
    const ask: AskHost = async ({ arguments: args }) => {
      seen.push(args);
      return { ok: true, value: null };
    };
    const outcome = await run(
      `const bomb = { toString() { throw new Error('toString bomb'); }, valueOf() { throw new Error('valueOf bomb'); } };
       try { await context.state.get(bomb); } catch (e) { console.log(e.message); }
       const slow = { toJSON() { return 'made by toJSON'; } };
       await context.state.set('k', slow);
       await context.state.set('p', new Proxy({}, { ownKeys: () => ['a'], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }), get: () => 'of a proxy' }));
       return 'done';`,
      ask,
    );

    expect(outcome).toMatchObject({ ok: true, value: 'done', logs: ['toString bomb'] });
    expect(seen).toEqual([
      { key: 'k', value: 'made by toJSON' },
      { key: 'p', value: { a: 'of a proxy' } },
    ]);
  });

  it('calls that are made while another one is on its way keep apart', async () => {
    const outcome = await run(
      `const both = await Promise.all([context.state.get('a'), context.state.get('b').then(() => context.state.get('c'))]);
       return both.map(({ key }) => key);`,
    );

    expect(said(outcome)).toEqual(['a', 'c']);
  });
});

describe('what would take everything is stopped, and says so', () => {
  it.each([
    ['an endless loop', `while (true) {}`, 'TOOL_TIMEOUT'],
    [
      'an endless loop that catches everything',
      `for (;;) { try { for (;;) {} } catch {} finally { continue; } }`,
      'TOOL_TIMEOUT',
    ],
    ['an endless chain of promises', `for (;;) await 1;`, 'TOOL_TIMEOUT'],
    [
      'promises that make promises',
      `const f = () => Promise.resolve().then(f).then(f); f(); await new Promise(() => {});`,
      'STOPPED',
    ],
    ['an endless loop in a getter of the answer', `return { get a() { for (;;) {} } };`, 'TOOL_TIMEOUT'],
    [
      'an endless loop in toString of what is thrown',
      `throw { toString() { for (;;) {} }, toJSON() { for (;;) {} } };`,
      'TOOL_TIMEOUT',
    ],
    ['an endless loop while it is loaded', `for (;;) {}\nexport default {};`, 'TOOL_TIMEOUT'],
    ['an endless iterator', `return [...{ *[Symbol.iterator]() { for (;;) yield 1; } }];`, 'STOPPED'],
    [
      'a regular expression that backtracks for ever',
      `return /^(a+)+$/.test('a'.repeat(60) + '!');`,
      'TOOL_TIMEOUT',
    ],
    ['a recursion without end', `const f = () => f() + 1; return f();`, 'TOOL_FAILED'],
    ['an asynchronous recursion without end', `const f = async () => { await f(); }; return f();`, 'STOPPED'],
    [
      'a recursion through JSON',
      `const a = {}; a.toJSON = () => ({ toJSON: a.toJSON, b: a }); return a;`,
      'STOPPED',
    ],
    ['an answer nested very deep', `let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a;`, 'STOPPED'],
    ['a circular answer', `const a = {}; a.a = a; return a;`, 'TOOL_FAILED'],
    ['an answer that is a BigInt', `return 1n;`, 'TOOL_FAILED'],
    ['a string of a gigabyte', `return 'x'.repeat(2 ** 30 - 30).length;`, 'STOPPED'],
    ['a string that doubles', `let s = 'x'; for (;;) s += s;`, 'STOPPED'],
    ['a growing array', `const all = []; for (;;) all.push({ a: [1] });`, 'TOOL_MEMORY_EXCEEDED'],
    ['an array of a huge length', `return new Array(4294967295).fill(1);`, 'STOPPED'],
    ['buffers', `const all = []; for (;;) all.push(new Uint8Array(1e6));`, 'TOOL_MEMORY_EXCEEDED'],
    [
      'a huge regular expression',
      `return new RegExp('(?:(?:(?:a{1,100}){1,100}){1,100}){1,100}').test('a'.repeat(1e5) + 'b') && 'a'.repeat(2e4).replace(/(?=a*a*a*a*b)/g, '');`,
      'STOPPED',
    ],
    ['a promise that never settles', `return new Promise(() => {});`, 'TOOL_FAILED'],
    [
      'an import of what is not there',
      `import x from 'left-pad';\nexport default { run: () => x };`,
      'TOOL_FAILED',
    ],
    ['a module that exports no tool', `export default 1;`, 'TOOL_FAILED'],
    ['an answer that is too large', `return 'x'.repeat(3_000_000);`, 'TOOL_OUTPUT_TOO_LARGE'],
    [
      'host arguments that are too large',
      `return context.state.set('k', 'x'.repeat(3_000_000));`,
      'TOOL_FAILED',
    ],
  ])('%s', async (_name, body, code) => {
    // Time is the limit where nothing else ends it; elsewhere a busy machine must not be what ends it.
    const outcome = await run(body, echo, code === 'TOOL_TIMEOUT' || code === 'STOPPED' ? 400 : 20_000);

    expect(outcome).toMatchObject({ ok: false, message: expect.stringMatching(/^Expected .+, but /) });
    if (code !== 'STOPPED') expect(said(outcome)).toBe(code);
    await serves();
  });

  it.each([
    ['a number', `throw 42;`, 'it threw: 42 (thrown, but no Error)'],
    ['nothing', `throw undefined;`, 'it threw: undefined (thrown, but no Error)'],
    ['null', `throw null;`, 'it threw: null (thrown, but no Error)'],
    ['a symbol', `throw Symbol('why');`, 'it threw: Symbol(why) (thrown, but no Error)'],
    ['an object', `throw { code: 7 };`, 'it threw: {"code":7} (thrown, but no Error)'],
    [
      'a proxy that throws',
      `throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; }, ownKeys() { throw 3; } });`,
      '(thrown, but no Error)',
    ],
    [
      'an error whose message throws',
      `const e = new Error('x'); Object.defineProperty(e, 'message', { get() { throw 1; } }); throw e;`,
      'it threw: ',
    ],
    ['a megabyte', `throw new Error('x'.repeat(1e6));`, 'xxxx'],
  ])('a thrown %s is told in words', async (_name, body, words) => {
    const outcome = await run(body);

    expect(outcome).toMatchObject({
      ok: false,
      code: 'TOOL_FAILED',
      message: expect.stringContaining(words),
    });
    if (!outcome.ok) expect(outcome.message.length).toBeLessThan(2_200);
    await serves();
  });

  it('a flood of log lines is cut', async () => {
    const outcome = await run(`for (let i = 0; i < 1e4; i++) console.log('x'.repeat(1e4)); return 1;`);

    expect([outcome.logs.length, outcome.logs[0]?.length]).toEqual([200, 2_000]);
  });

  it('a storm of host calls is cut, at once and in all', async () => {
    let asked = 0;
    const ask: AskHost = async () => {
      asked += 1;
      return { ok: true, value: null };
    };
    const atOnce = await run(
      `const all = await Promise.allSettled(Array.from({ length: 1e4 }, () => context.state.get('x'))); return all.filter(({ status }) => status === 'fulfilled').length;`,
      ask,
    );
    const inAll = await run(
      `for (let i = 0; ; i++) try { await context.state.get('x'); } catch { return i; }`,
      ask,
    );

    expect([said(atOnce), said(inAll), asked]).toEqual([32, 500, 532]);
  });

  it('a host that never answers is not waited for longer than the tool may take', async () => {
    const signals: AbortSignal[] = [];
    const outcome = await run(
      `return context.fetch('https://slow.example');`,
      (_question, signal) => {
        signals.push(signal);
        return new Promise(() => {});
      },
      200,
    );

    expect(outcome).toMatchObject({
      code: 'TOOL_TIMEOUT',
      message: expect.stringContaining('waiting for fetch'),
    });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    await serves();
  });

  it('a host that throws is a failure of the call it was asked in', async () => {
    const outcome = await run(
      `try { await context.fetch('https://x'); } catch (e) { return e.code; }`,
      async () => {
        throw new Error('of ours');
      },
    );

    expect(said(outcome)).toBe('HOST_FAILED');
  });
});

describe('one call knows nothing of another', () => {
  it('what a call leaves on the globals is gone with it', async () => {
    await run(
      `globalThis.left = 'here'; Object.prototype.left = 'here'; Array.prototype.left = 1; return 1;`,
    );

    expect(said(await run(`return [typeof globalThis.left, typeof ({}).left, typeof [].left];`))).toEqual([
      'undefined',
      'undefined',
      'undefined',
    ]);
  });

  it('calls that wait at the same time have worlds of their own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        run(`globalThis.mine = ${n}; await context.state.get('x'); return globalThis.mine;`),
      ),
    );

    expect(answers.map(said)).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });
});
