import { checkFeel } from '../../platform/languages/feelLanguage.ts';
import type { CodeFinding, CodeLanguage } from '../../platform/languages/languages.ts';

/** Texts as JSON takes them: while one types, others stand there too. */
const member = /"(\w+)"\s*:\s*"(=(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*)"/gu;
/** Texts of their own, whatever they begin with. */
const plain = new Set(['id', 'key', 'value']);

/** Expressions of a form, as the engine reads them: conditions, computed texts and limits. */
export const formLanguage: CodeLanguage = {
  id: 'form',
  shownAs: ['json'],
  reads: (path) => path.endsWith('.form'),
  async findings({ text }) {
    const found: CodeFinding[] = [];
    for (const each of text.matchAll(member)) {
      const [whole, name = '', written = ''] = each;
      if (plain.has(name)) continue;
      const [fault] = await checkFeel(JSON.parse(`"${written}"`).slice(1));
      const to = each.index + whole.length - 1;
      if (fault) found.push({ ...fault, severity: 'warning', from: to - written.length, to });
    }
    return found;
  },
};
