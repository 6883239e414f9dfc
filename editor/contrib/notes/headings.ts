import type { OutlineItem } from '../../platform/documents.ts';

/** Headings of a Markdown text, `#` to `######`, without those inside fenced code. */
export function headingsOf(text: string): OutlineItem[] {
  const found: OutlineItem[] = [];
  let fence: string | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark && (fence === undefined || (mark[0] === fence[0] && mark.length >= fence.length)))
      fence = fence === undefined ? mark : undefined;
    if (fence !== undefined) continue;
    const heading = /^ {0,3}(#{1,6})[ \t]+(\S.*)$/.exec(line);
    if (!heading) continue;
    const [, marks, said] = heading;
    found.push({
      id: String(index + 1),
      name: said!.replace(/[ \t]+#*[ \t]*$/, '').trim(),
      type: 'Heading',
      depth: marks!.length - 1,
      place: { line: index + 1 },
    });
  }
  return found;
}
