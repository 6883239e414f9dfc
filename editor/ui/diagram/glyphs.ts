/** Drawings on the 16 px grid for canvas, palette and context pad; stroke 1.25, `f` = filled. */
export const glyphs = {
  agent: '<path d="M8 1.5 9.4 6 14 7.5 9.4 9 8 13.5 6.6 9 2 7.5 6.6 6z"/><path d="M13 11.5v3M11.5 13h3"/>',
  tool: '<path d="M14 4.2a3.6 3.6 0 0 1-4.8 4.3L4.4 13.3a1.5 1.5 0 0 1-2.1-2.1L7.1 6.4A3.6 3.6 0 0 1 11.5 1.7L9.6 3.7l.4 1.9 1.9.4z"/>',
  human: '<circle cx="8" cy="5" r="3"/><path d="M2.5 14.5c.4-3 2.6-4.5 5.5-4.5s5.1 1.5 5.5 4.5"/>',
  hand: '<path d="M5 9V3.800a1 1 0 0 1 2 0V7M7 7V2.800a1 1 0 0 1 2 0V7M9 7V3.500a1 1 0 0 1 2 0V8M11 8V5.500a1 1 0 0 1 2 0v4.500c0 2.5-1.5 4.5-4.3 4.5-2 0-3-.8-4-2.500L2.8 9.300c-.5-1 .7-1.6 1.3-.9L5 9.5"/>',
  lasso: '<rect x="2.5" y="2.5" width="11" height="11" rx="1" stroke-dasharray="2.5 2"/>',
  connect: '<circle cx="3.5" cy="12.5" r="1.5"/><path d="M4.6 11.4 12.5 3.500M8.5 3.500h4v4"/>',
  start: '<circle cx="8" cy="8" r="5.5"/>',
  end: '<circle cx="8" cy="8" r="5" stroke-width="2.4"/>',
  gateway: '<path d="M8 1.5 14.5 8 8 14.5 1.5 8z"/><path d="m6 6 4 4M10 6l-4 4"/>',
  parallel: '<path d="M8 1.5 14.5 8 8 14.5 1.5 8z"/><path d="M8 5v6M5 8h6"/>',
  task: '<rect x="2" y="3.5" width="12" height="9" rx="2"/>',
  subProcess: '<rect x="1.5" y="2.5" width="13" height="11" rx="2"/><path d="M6 11h4M8 9v4"/>',
  timer: '<circle cx="8" cy="8" r="6"/><path d="M8 4.500V8l2.5 1.5"/>',
  error: '<circle cx="8" cy="8" r="6"/><path d="M5.5 11 7 5.500l2 4 1.5-4.5"/>',
  more: '<circle class="f" cx="3.5" cy="8" r="1.1"/><circle class="f" cx="8" cy="8" r="1.1"/><circle class="f" cx="12.5" cy="8" r="1.1"/>',
  replace:
    '<circle cx="8" cy="8" r="2.2"/><path d="M8 1.500v2M8 12.500v2M1.5 8h2M12.5 8h2M3.4 3.400l1.4 1.400M11.2 11.200l1.4 1.400M12.6 3.400l-1.4 1.400M4.8 11.200l-1.4 1.4"/>',
  delete: '<path d="M2.5 4h11M6 4V2.500h4V4M4 4l.7 9.500h6.600L12 4M6.7 6.800v4M9.3 6.800v4"/>',
} as const;
export type Glyph = keyof typeof glyphs;

/** A glyph as markup for the places where bpmn-js wants HTML. */
export function glyphSvg(glyph: Glyph, tone = ''): string {
  return `<svg class="diagram-glyph ${tone}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${glyphs[glyph]}</svg>`;
}
