/** Parts of a FEEL expression for colouring; joined they give the text back. */
export interface FeelToken {
  kind: 'keyword' | 'string' | 'number' | 'name' | 'call' | 'other';
  text: string;
}

const keywords = new Set(
  'if then else for in return some every satisfies and or not between instance of true false null function'.split(
    ' ',
  ),
);
const pattern =
  /("(?:[^"\\]|\\.)*"?)|(\d+(?:\.\d+)?)|([\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}_$][\p{L}\p{N}_$]*)*)|(\s+)|(.)/gsu;

export function feelTokens(text: string): FeelToken[] {
  const tokens: FeelToken[] = [];
  for (const match of text.matchAll(pattern)) {
    const [part, string, number, name] = match;
    const next = text.slice(match.index + part.length);
    tokens.push({
      text: part,
      kind: string
        ? 'string'
        : number
          ? 'number'
          : name
            ? keywords.has(name)
              ? 'keyword'
              : /^\s*\(/.test(next)
                ? 'call'
                : 'name'
            : 'other',
    });
  }
  return tokens;
}
