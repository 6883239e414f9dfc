import MarkdownIt from 'markdown-it';

/** Markdown as HTML: what is HTML in it is shown as text, and links go nowhere but to pages and documents. */
const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false, breaks: false });

const pages = /^(https?:|mailto:)/i;

// Scripts and data are refused by markdown-it itself; what is left beside pages is the name of a document.
markdown.renderer.rules.link_open = (tokens, index, options, _env, renderer) => {
  const token = tokens[index]!;
  const target = String(token.attrGet('href') ?? '');
  if (pages.test(target)) {
    token.attrSet('target', '_blank');
    token.attrSet('rel', 'noopener noreferrer');
  } else token.attrSet('data-document', target);
  return renderer.renderToken(tokens, index, options);
};
// A picture is asked for at its server by whoever reads the note: it is a link instead.
markdown.renderer.rules.image = (tokens, index) => {
  const { content } = tokens[index]!;
  return `<span class="noteimage">${markdown.utils.escapeHtml(content || 'Picture')}</span>`;
};
// Where each block begins in the text, so that a click leads there.
for (const rule of [
  'paragraph_open',
  'heading_open',
  'list_item_open',
  'blockquote_open',
  'table_open',
] as const)
  markdown.renderer.rules[rule] = (tokens, index, options, _env, renderer) => {
    const token = tokens[index]!;
    if (token.map) token.attrSet('data-line', String(token.map[0] + 1));
    return renderer.renderToken(tokens, index, options);
  };

export function htmlOf(text: string): string {
  return markdown.render(text);
}
