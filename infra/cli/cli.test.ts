import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ran } from './testProgram.ts';

const folder = mkdtempSync(join(tmpdir(), 'baton-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The program with a server that answers this, and what it says. */
async function baton(argv: string[], answer?: { status: number; body: object }, isTTY = false) {
  const asked: string[] = [];
  const { code, said } = await ran(argv, {
    environment: { BATON_API_KEY: 'bk_of-nobody' },
    isTTY,
    fetch: async (url, { method, body } = {}) => {
      if (!answer) throw new Error('the network is cut');
      asked.push(`${method} ${url} ${body ?? ''}`);
      return new Response(JSON.stringify(answer.body), { status: answer.status });
    },
  });
  return { code, said, asked };
}

const difference = { sequence: 3, pointer: '/messages/0/text', recorded: 'Be kind.', now: 'Be brief.' };

it('says what it is for, and how it is called', async () => {
  expect(await baton(['--help'])).toMatchObject({ code: 0, said: expect.stringContaining('replay') });
  expect(await baton(['fork', '--help'])).toMatchObject({
    code: 0,
    said: expect.stringContaining('--tool-result'),
  });
  expect((await baton([])).code).toBe(2);
  expect(await baton(['frok'])).toMatchObject({
    code: 2,
    said: expect.stringContaining("Expected a command, but there is no 'frok'. Is it 'fork'?"),
  });
  expect((await baton(['replay', '--nope'])).code).toBe(2);
});

it('a run that differs ends with 1 and shows where; colours only where a person looks', async () => {
  const answer = { status: 200, body: { run: 'r-1', calls: 2, difference } };
  const { code, said, asked } = await baton(['replay', 'r-1'], answer);
  expect(code).toBe(1);
  expect(said.split('\n')).toEqual([
    '✗ r-1 call 3 differs at /messages/0/text',
    '  recorded: "Be kind."',
    '  now:      "Be brief."',
  ]);
  expect(asked).toEqual(['POST http://127.0.0.1:3000/api/recordings/r-1/replay {"against":"recorded"}']);
  expect((await baton(['replay', 'r-1'], answer, true)).said).toContain('\u001b[31m✗\u001b[0m');
  expect(JSON.parse((await baton(['replay', 'r-1', '--json'], answer)).said)).toEqual([answer.body]);
});

it('a refusal is said with its code, and a server that is away with its address', async () => {
  const refusal = {
    error_code: 'NOT_FOUND',
    message: 'Expected a recorded run, but there is none',
    request_id: 'req-1',
  };
  expect(await baton(['replay', 'r-9'], { status: 404, body: refusal })).toMatchObject({
    code: 3,
    said: 'NOT_FOUND: Expected a recorded run, but there is none\nRequest req-1',
  });
  expect(await baton(['replay', 'r-9'])).toMatchObject({
    code: 3,
    said: 'UNREACHABLE: Expected the product at http://127.0.0.1:3000 (BATON_URL or baton login), but it cannot be reached: the network is cut',
  });
});

it('files that are none are named', async () => {
  expect((await baton(['replay', join(folder, 'gone.json')])).said).toContain('but there is none');
  mkdirSync(join(folder, 'empty'));
  expect((await baton(['replay', join(folder, 'empty')])).said).toContain('Expected recordings in');
  const file = join(folder, 'other.json');
  writeFileSync(file, '{"format":"other"}');
  expect(await baton(['replay', file])).toMatchObject({
    code: 3,
    said: expect.stringContaining('something else'),
  });
  const forking = ['fork', 'r-1', '--from', '1'];
  expect((await baton([...forking, '--prompt', join(folder, 'gone.txt')])).said).toContain('cannot be read');
  writeFileSync(file, '[1]');
  expect((await baton([...forking, '--tool-result', file])).said).toContain('Expected a JSON object');
});

it('a fork is asked with its changes, and its loop has to be named', async () => {
  expect(await baton(['fork', 'r-1', '--from', 'two'])).toMatchObject({
    code: 2,
    said: expect.stringContaining("Expected --from with a number from 1 on, 1000 at most, but it is 'two'"),
  });
  const usage = { inputTokens: 1, outputTokens: 1, cost: 0 };
  const failure = { code: 'MODEL_REFUSED', message: 'Expected a key, but there is none' };
  const report = {
    run: 'f-1',
    forkOf: 'r-1',
    from: 2,
    answer: { recorded: { text: 'Yes.' }, now: null, equal: false },
    error: { recorded: null, now: failure },
    usage: { recorded: usage, now: usage },
    path: [],
    stubbed: ['refund'],
  };
  const prompt = join(folder, 'prompt.txt');
  writeFileSync(prompt, 'Be brief.');
  const { code, said, asked } = await baton(
    ['fork', 'r-1', '--from', '2', '--model', 'm-2', '--prompt', prompt],
    { status: 200, body: report },
  );
  expect(code).toBe(3);
  expect(asked).toEqual([
    'POST http://127.0.0.1:3000/api/recordings/r-1/fork {"from":2,"model":"m-2","systemPrompt":"Be brief."}',
  ]);
  expect(said).toContain('- Yes.\n+ MODEL_REFUSED: Expected a key, but there is none');
  expect(said).toContain('because they change something: refund');
});
