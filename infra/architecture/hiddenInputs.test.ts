import { expect, it } from 'vitest';
import { sourcesOf } from './sources.ts';

/** Composition roots: the only files that read the environment, the clock and chance. */
const root = /(^|\/)(main|config)\.tsx?$/;

const hidden = [
  /\bDate\.now\(\)/,
  /\bnew Date\(\)/,
  /\bMath\.random\(\)/,
  /\brandomUUID\(\)/,
  /\bperformance\.now\(\)/,
  /\bprocess\.env\b/,
  /(?<![.\w])setTimeout\(/,
  /(?<![.\w])setInterval\(/,
  /(?<![.\w])fetch\(/,
];

it.each(['engine', 'gateway', 'tools-registry', 'infra/store'])('%s takes no hidden input', (folder) => {
  const found = sourcesOf(folder)
    .filter(({ path }) => !root.test(path))
    .flatMap(({ path, text }) =>
      text
        .split('\n')
        .flatMap((line, index) =>
          !/^\s*(\/\/|\*|\/\*)/.test(line) && hidden.some((pattern) => pattern.test(line))
            ? [`${path}:${index + 1} ${line.trim()}`]
            : [],
        ),
    );

  expect(found).toEqual([]);
});

/** Every way in which Node turns text into code of our own; a tool's text becomes code inside an isolate only. */
const asCode = [
  /(?<![.\w])eval\(/,
  /\bnew Function\b/,
  /\bReflect\.construct\(Function\b/,
  /(?<![.\w])Function\(/,
  /\b(Async|Generator)Function\(/,
  /['"](node:)?(vm|repl|inspector)['"]/,
  /\brunIn(This|New)?Context\(/,
  /\bimport\((?!\s*['"`(])[^)]*(source|code|text)\b/i,
  /['"`]data:text\/javascript/,
  /\beval: true\b/,
];

it.each(['engine', 'gateway', 'tools-registry', 'infra', 'editor'])(
  '%s evaluates no text as code',
  (folder) => {
    const found = sourcesOf(folder).flatMap(({ path, text }) =>
      asCode.filter((pattern) => pattern.test(text)).map((pattern) => `${path}: ${pattern}`),
    );

    expect(found).toEqual([]);
  },
);
