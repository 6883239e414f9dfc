import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** Pages of sign-in and invitation: one self-contained document each, readable without scripts, dark, light or in high contrast by the system. */

/** Adds one script by its hash to the policy of this answer. */
export function allowScript(response: ServerResponse, script: string): void {
  const header = 'Content-Security-Policy';
  const hash = createHash('sha256').update(script).digest('base64');
  const policy = String(response.getHeader(header) ?? '');
  response.setHeader(header, policy.replace("script-src 'self'", `script-src 'self' 'sha256-${hash}'`));
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export const cross =
  '<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6"/><path d="m6 6 4 4M10 6l-4 4"/></svg>';

/** Something that has ended or went wrong, and the way back. */
export function problemPage(title: string, message: string): string {
  return page(
    title,
    `<div><h1>${escapeHtml(title)}</h1><p class="dim">${escapeHtml(message)}</p></div>
<a class="button primary" href="/">Back to Baton</a>`,
  );
}

export function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>${escapeHtml(title)} · Baton</title>
<link rel="icon" href="${icon}">
<style>${style}</style>
</head>
<body>
<main class="box">
<div class="brand"><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M3 13 13 3"/><circle cx="3.2" cy="12.8" r="2.2"/></svg><span>Baton</span></div>
${content}
</main>
</body>
</html>
`;
}

const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="#0070c7" stroke-linecap="round"><path d="M3 13 13 3" stroke-width="2.4"/><circle cx="3.2" cy="12.8" r="2.2" fill="#0070c7" stroke="none"/></svg>',
)}`;

const style = `
@font-face {
  /* The editor's file; where it is not built, the system's letters do. */
  font-family: "Inter"; font-weight: 100 900; font-display: swap; src: url("/assets/inter.woff2") format("woff2");
}
:root {
  --canvas: #1c1c1c; --grid: #2b2b2b; --surface: #1f1f1f; --border: #383838; --hairline: #2f2f2f;
  --text: #cccccc; --strong: #eeeeee; --dim: #9d9d9d; --link: #4daafc; --focus: #2489db;
  --input: #2a2a2a; --input-text: #dcdcdc; --input-border: #4a4a4a;
  --error: #f4776d; --error-border: #d9544b;
  --primary: #0070c7; --primary-hover: #005fa9; --primary-text: #ffffff;
  --secondary: #2d2d2d; --secondary-hover: #383838; --secondary-text: #dadada; --secondary-border: #424242;
  --shadow: 0 8px 24px rgb(0 0 0 / 0.42), 0 0 0 1px rgb(0 0 0 / 0.2);
}
@media (prefers-color-scheme: light) {
  :root {
    --canvas: #fcfcfc; --grid: #e6e6e6; --surface: #ffffff; --border: #dcdcdc; --hairline: #e6e6e6;
    --text: #3b3b3b; --strong: #161616; --dim: #616161; --link: #005fb8; --focus: #005fb8;
    --input: #ffffff; --input-text: #2b2b2b; --input-border: #c2c2c2;
    --error: #b3261e; --error-border: #c4271d;
    --primary: #005fb8; --primary-hover: #0258a8; --primary-text: #ffffff;
    --secondary: #ffffff; --secondary-hover: #f1f1f1; --secondary-text: #3b3b3b; --secondary-border: #cfcfcf;
    --shadow: 0 8px 24px rgb(0 0 0 / 0.14), 0 0 0 1px rgb(0 0 0 / 0.03);
  }
}
@media (prefers-contrast: more) {
  :root {
    --canvas: #000000; --grid: #2a2a2a; --surface: #000000; --border: #6fc3df; --hairline: #6fc3df;
    --text: #ffffff; --strong: #ffffff; --dim: #e6e6e6; --link: #7cc7ff; --focus: #f38518;
    --input: #000000; --input-text: #ffffff; --input-border: #6fc3df;
    --error: #ff9088; --error-border: #ff9088;
    --primary: #000000; --primary-hover: #1d3b53; --primary-text: #ffffff; --primary-border: #6fc3df;
    --secondary: #000000; --secondary-hover: #1d3b53; --secondary-text: #ffffff; --secondary-border: #6fc3df;
    --shadow: none; color-scheme: dark;
  }
}
* { box-sizing: border-box; margin: 0; }
body {
  min-height: 100vh; display: grid; place-items: center; padding: 16px;
  font: 13px/20px "Inter", -apple-system, BlinkMacSystemFont, "Segoe UI", system-ui, "Ubuntu", sans-serif;
  color: var(--text);
  background: radial-gradient(circle, var(--grid) 1px, transparent 1.2px) 10px 10px / 20px 20px var(--canvas);
}
.box {
  width: 400px; max-width: 100%; padding: 32px; display: flex; flex-direction: column; gap: 20px;
  background: var(--surface); border: 1px solid var(--border); border-radius: 8px; box-shadow: var(--shadow);
}
.brand { display: flex; align-items: center; gap: 8px; font-size: 15px; font-weight: 600; color: var(--strong); }
.brand svg { width: 24px; height: 24px; stroke: currentColor; stroke-width: 2.4; stroke-linecap: round; }
.brand circle { fill: currentColor; stroke: none; }
h1 { font-size: 20px; line-height: 28px; font-weight: 600; color: var(--strong); letter-spacing: -0.01em; }
.dim { color: var(--dim); }
form { display: flex; flex-direction: column; gap: 16px; }
.field { display: flex; flex-direction: column; gap: 4px; }
label { font-size: 12px; line-height: 16px; font-weight: 500; }
input {
  height: 36px; width: 100%; padding: 0 8px; font: inherit; color: var(--input-text);
  background: var(--input); border: 1px solid var(--input-border); border-radius: 4px;
}
input[aria-invalid="true"] { border-color: var(--error-border); }
input:focus-visible, button:focus-visible, a:focus-visible { outline: 2px solid var(--focus); outline-offset: -1px; }
.error { display: flex; gap: 6px; font-size: 12px; line-height: 16px; color: var(--error); }
.error svg { flex: none; width: 16px; height: 16px; fill: none; stroke: currentColor; stroke-width: 1.2; }
button, .button {
  height: 36px; width: 100%; padding: 0 12px; font: inherit; font-weight: 500; cursor: pointer; border-radius: 4px;
  display: flex; align-items: center; justify-content: center; gap: 8px; text-decoration: none;
  color: var(--secondary-text); background: var(--secondary); border: 1px solid var(--secondary-border);
}
button:hover, .button:hover { background: var(--secondary-hover); }
.primary { color: var(--primary-text); background: var(--primary); border-color: var(--primary-border, transparent); }
.primary:hover { background: var(--primary-hover); }
.or { display: flex; align-items: center; gap: 12px; font-size: 12px; color: var(--dim); }
.or::before, .or::after { content: ""; flex: 1; height: 1px; background: var(--hairline); }
.people { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
.people button { height: 44px; flex-direction: column; gap: 0; line-height: 16px; }
.people small { font-size: 11px; font-weight: 400; color: var(--dim); }
a { color: var(--link); }
.hint { font-size: 12px; line-height: 16px; color: var(--dim); }
button[disabled] { opacity: 0.6; cursor: default; }
time { white-space: nowrap; }
[hidden] { display: none !important; }
`;
