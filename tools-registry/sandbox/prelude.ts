import { CALLS_AT_ONCE, CALLS_IN_ALL, LOG_LINE_LENGTH, LOG_LINES, MESSAGE_LENGTH } from './limits.ts';

/**
 * What is in an isolate before the tool: `defineTool`, `console`, a seeded `Math.random`, a clock that moves with the host's
 * answers, and the context of `run`. A function expression, called with the three ways out; all of them take texts.
 * It keeps the language's own functions for itself, so a tool that changes them confuses nobody but itself.
 */
export const prelude = `((post, log, end) => {
'use strict';
const { parse, stringify } = JSON;
const { freeze, defineProperty, create } = Object;
const uncurry = Function.prototype.bind.bind(Function.prototype.call);
const [cut, then, join, map] = [String.prototype.slice, Promise.prototype.then, Array.prototype.join, Array.prototype.map].map((each) => uncurry(each));
const text = String;
const RealPromise = Promise;
const RealDate = Date;
const RealError = Error;
const construct = Reflect.construct;
const imul = Math.imul;
let now = 0;

function StillDate(...parts) {
  if (!new.target) return text(new RealDate(now));
  return construct(RealDate, parts.length ? parts : [now], new.target);
}
defineProperty(StillDate, 'name', { value: 'Date' });
StillDate.prototype = RealDate.prototype;
StillDate.UTC = RealDate.UTC;
StillDate.parse = RealDate.parse;
StillDate.now = () => now;
defineProperty(RealDate.prototype, 'constructor', { value: StillDate, writable: true, configurable: true });
const hidden = (name, value) => defineProperty(globalThis, name, { value, writable: true, configurable: true });
hidden('Date', StillDate);
for (const name of ['SharedArrayBuffer', 'Atomics', 'performance', 'gc', 'navigator', 'bjson', 'std', 'os']) delete globalThis[name];

let [a, b, c, d] = [0, 0, 0, 1];
const random = () => {
  const t = (a + b | 0) + d | 0;
  d = d + 1 | 0; a = b ^ b >>> 9; b = c + (c << 3) | 0; c = c << 21 | c >>> 11; c = c + t | 0;
  return (t >>> 0) / 4294967296;
};
defineProperty(Math, 'random', { value: random, writable: true, configurable: true });

let lines = 0;
const shown = (part) => {
  if (typeof part === 'string') return part;
  if (part instanceof RealError) return described(part).message;
  try { return stringify(part) ?? text(part); } catch { try { return text(part); } catch { return '?'; } }
};
const write = (...parts) => {
  if (++lines > ${LOG_LINES}) return;
  log(cut(join(map(parts, (part) => cut(shown(part), 0, ${LOG_LINE_LENGTH})), ' '), 0, ${LOG_LINE_LENGTH}));
};
hidden('console', { log: write, info: write, warn: write, error: write, debug: write });
hidden('defineTool', (tool) => tool);

const waiting = create(null);
let [asked, open] = [0, 0];
const ask = (name, args) => new RealPromise((resolve, reject) => {
  if (asked >= ${CALLS_IN_ALL}) throw new RealError('Expected at most ${CALLS_IN_ALL} host calls in a call of a tool, but there are more');
  if (open >= ${CALLS_AT_ONCE}) throw new RealError('Expected at most ${CALLS_AT_ONCE} host calls at once, but there are more');
  const json = stringify(args);
  // Made here, so that it says which line of the tool asked.
  waiting[asked] = { resolve, reject, error: new RealError('') };
  open++;
  post(text(asked++), name, json);
});
const plain = (value) => value === undefined ? undefined : text(value);
const headersOf = (headers) => {
  if (headers === undefined) return undefined;
  const named = create(null);
  for (const name of Object.keys(headers)) named[name] = text(headers[name]);
  return named;
};
class Response {
  #body;
  constructor({ status, headers, body }) {
    this.status = status;
    this.ok = status >= 200 && status < 300;
    this.headers = freeze(headers);
    this.#body = body;
    freeze(this);
  }
  async text() { return this.#body; }
  async json() { return parse(this.#body); }
}
freeze(Response.prototype);
const fromNames = (names, made) => { const all = create(null); for (const name of names) all[name] = made(name); return all; };
const context = freeze({
  fetch: (url, { method, headers, body } = {}) =>
    then(ask('fetch', { url: text(url), method: plain(method), headers: headersOf(headers), body: plain(body) }), (answer) => new Response(answer)),
  secrets: freeze({ get: (name) => ask('secrets.get', { name: text(name) }) }),
  state: freeze({
    get: (key) => ask('state.get', { key: text(key) }),
    set: (key, value) => ask('state.set', { key: text(key), value: value === undefined ? null : value }),
    delete: (key) => ask('state.delete', { key: text(key) }),
    list: () => ask('state.list', {}),
  }),
  files: freeze({
    list: () => ask('files.list', {}),
    read: (name) => ask('files.read', { name: text(name) }),
    write: (name, content) => ask('files.write', { name: text(name), content: text(content) }),
  }),
  ask: (question) => ask('ask', { ...question }),
  db: freeze({ query: (connection, sql, parameters, options) => ask('db.query', { ...options, connection, sql, parameters }) }),
  mongodb: freeze(fromNames(['find', 'aggregate', 'count', 'insert', 'update', 'delete'], (operation) => (connection, collection, options) => ask('mongodb', { ...options, operation, connection, collection }))),
  email: freeze({ send: (connection, mail) => ask('email.send', { ...mail, connection }) }),
  llm: freeze({ ask: (question) => ask('llm.ask', { ...question }) }),
  search: freeze({ index: (index, documents) => ask('search.index', { index, documents }), query: (index, query, options) => ask('search.query', { ...options, index, query }) }),
  feel: (expression, variables) => ask('feel', { expression, variables }),
  csv: freeze({ parse: (csv, options) => ask('csv.parse', { ...options, text: text(csv) }), format: (rows, options) => ask('csv.format', { ...options, rows }) }),
  html: freeze({ text: (html) => ask('html.text', { html: text(html) }) }),
});

const attempt = (read) => { try { return read(); } catch { return undefined; } };
function described(error) {
  if (error !== null && typeof error === 'object' && attempt(() => error instanceof RealError)) {
    const [name, message, stack, code] = ['name', 'message', 'stack', 'code'].map((field) => attempt(() => error[field]));
    const said = attempt(() => text(message)) ?? '';
    return {
      message: cut(typeof name === 'string' && name !== 'Error' ? name + ': ' + said : said, 0, ${MESSAGE_LENGTH}),
      stack: typeof stack === 'string' ? cut(stack, 0, ${MESSAGE_LENGTH}) : '',
      code: typeof code === 'string' ? cut(code, 0, 100) : '',
    };
  }
  const what = attempt(() => typeof error === 'string' ? error : stringify(error)) ?? attempt(() => text(error)) ?? typeof error;
  return { message: cut(what, 0, ${MESSAGE_LENGTH}) + ' (thrown, but no Error)', stack: '', code: '' };
}
const failed = (error) => end('failed', stringify(described(error)));

return freeze({
  begin(module, input, at, ...seed) {
    now = at;
    [a, b, c, d] = seed;
    for (let warming = 0; warming < 12; warming++) random();
    const run = async () => {
      const { default: tool } = await module;
      if (typeof tool?.run !== 'function')
        throw new TypeError('Expected the module to export default defineTool({ run }), but it has no run function');
      return stringify(await tool.run(parse(input), context)) ?? 'null';
    };
    then(run(), (json) => end('answered', json), failed);
  },
  settle(call, ok, json, at) {
    const found = waiting[call];
    if (!found) return;
    delete waiting[call];
    open--;
    now = at;
    if (ok) return found.resolve(parse(json));
    const { code, message } = parse(json);
    found.error.message = message;
    found.error.code = code;
    found.reject(found.error);
  },
});
})`;
