import { type Route, table } from '../api/index.ts';
import { escapeHtml } from '../auth/page.ts';
import { errorsOf, openApi } from './openapi.ts';

interface Operation {
  parameters: { name: string; in: string; required: boolean; schema: unknown; description?: string }[];
  requestBody?: { content: { 'application/json': { schema: unknown } } };
  responses: { [status: string]: { content?: { 'application/json': { schema: unknown } } } };
}

/** The route table for people: one document, no script, nothing loaded from elsewhere. */
export function docsPage(origin: string, version: string): string {
  const { paths } = openApi(origin, version) as {
    paths: { [path: string]: { [method: string]: Operation } };
  };
  const resources = Object.entries(table) as [string, Record<string, Route>][];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>Baton API</title>
<style>${style}</style>
</head>
<body>
<nav aria-label="Resources"><strong>Baton API</strong>${resources.map(([name]) => `<a href="#${name}">${name}</a>`).join('')}<a href="/docs/openapi.json">openapi.json</a></nav>
<main>
<h1>Baton API <small>${escapeHtml(version)}</small></h1>
<p>Base address <code>${escapeHtml(origin)}/api</code>. People send <code>Authorization: Bearer &lt;access token&gt;</code>, programs that or
<code>X-API-KEY: &lt;key&gt;</code> (<a href="#apiKeys">apiKeys</a>); either names the tenant, both at once are refused.
What a program needs is small: <a href="#v1Tools">v1Tools</a>, <a href="#v1Agents">v1Agents</a>, <a href="#v1History">v1History</a>.
Lists answer <code>{items, total, limit, offset, has_more}</code>, errors <code>{error_code, message, details, request_id}</code>.
Versioned resources answer an <code>ETag</code>; saving the next version asks for it in <code>If-Match</code>.
What changes something takes an <code>Idempotency-Key</code>: sent again with it, it answers the same and changes nothing again.</p>
${resources.map(([name, rows]) => section(name, rows, paths)).join('\n')}
</main>
</body>
</html>
`;
}

function section(
  name: string,
  rows: Record<string, Route>,
  paths: { [path: string]: { [method: string]: Operation } },
) {
  const routes = Object.values(rows).map((row) => {
    const operation = paths[row.path.replace(/:(\w+)/g, '{$1}')]![row.method.toLowerCase()]!;
    return route(row, operation);
  });
  return `<section id="${name}"><h2>${name}</h2>\n${routes.join('\n')}</section>`;
}

function route(row: Route, { parameters, requestBody, responses }: Operation): string {
  const body = requestBody?.content['application/json'].schema;
  const answer = responses[row.status]?.content?.['application/json'].schema;
  const rows = parameters.map(
    ({ name, in: place, required, schema }) =>
      `<tr><td><code>${name}</code></td><td>${place}${required ? '' : ', optional'}</td><td><code>${escapeHtml(JSON.stringify(schema))}</code></td></tr>`,
  );
  return `<details><summary><b class="${row.method}">${row.method}</b> <code>${escapeHtml(row.path)}</code> <span>${escapeHtml(row.summary)}</span></summary>
<p>Needs: <code>${row.permission}</code>${row.permission === 'public' ? '' : ', by token or key'} · Success: ${row.status} · Errors: ${errorsOf(
    row,
  )
    .map((code) => `<code>${code}</code>`)
    .join(' ')}</p>
${rows.length > 0 ? `<table><tbody>${rows.join('')}</tbody></table>` : ''}${schemaBlock('Body', body)}${schemaBlock('Answer', answer)}</details>`;
}

function schemaBlock(title: string, schema: unknown): string {
  return schema === undefined
    ? ''
    : `<h3>${title}</h3><pre>${escapeHtml(JSON.stringify(schema, null, 2))}</pre>`;
}

const style = `
:root { --bg: #1f1f1f; --side: #181818; --line: #2f2f2f; --text: #cccccc; --strong: #eeeeee; --dim: #9d9d9d; --link: #4daafc; --code: #2a2a2a;
  --get: #4daafc; --post: #73c991; --put: #e2b341; --delete: #f4776d; }
@media (prefers-color-scheme: light) { :root { --bg: #ffffff; --side: #f8f8f8; --line: #e6e6e6; --text: #3b3b3b; --strong: #161616; --dim: #616161;
  --link: #005fb8; --code: #f3f3f3; --get: #005fb8; --post: #1a7f37; --put: #8a5d00; --delete: #b3261e; } }
* { box-sizing: border-box; }
body { margin: 0; display: grid; grid-template-columns: 208px minmax(0, 1fr); background: var(--bg); color: var(--text);
  font: 13px/20px "Inter", -apple-system, BlinkMacSystemFont, "Segoe UI", system-ui, "Ubuntu", sans-serif; }
nav { position: sticky; top: 0; height: 100vh; padding: 24px 16px; display: flex; flex-direction: column; gap: 4px; background: var(--side); border-right: 1px solid var(--line); }
nav strong { color: var(--strong); margin-bottom: 12px; }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
main { padding: 24px 32px 64px; max-width: 1040px; }
h1 { font-size: 20px; line-height: 28px; color: var(--strong); } h1 small { font-size: 12px; color: var(--dim); font-weight: 400; }
h2 { font-size: 15px; color: var(--strong); margin: 32px 0 8px; } h3 { font-size: 12px; margin: 12px 0 4px; color: var(--strong); }
code, pre { font: 12px/18px "JetBrains Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
p code, td code { background: var(--code); padding: 1px 4px; border-radius: 4px; overflow-wrap: anywhere; }
details { border: 1px solid var(--line); border-radius: 6px; margin-bottom: 8px; padding: 0 12px; }
summary { cursor: pointer; padding: 8px 0; } summary span { color: var(--dim); margin-left: 8px; }
b { display: inline-block; width: 60px; font-size: 11px; } .GET { color: var(--get); } .POST { color: var(--post); } .PUT, .PATCH { color: var(--put); } .DELETE { color: var(--delete); }
pre { background: var(--code); padding: 12px; border-radius: 4px; overflow: auto; max-height: 360px; }
table { border-collapse: collapse; } td { padding: 4px 12px 4px 0; vertical-align: top; }
@media (max-width: 720px) { body { grid-template-columns: 1fr; } nav { position: static; height: auto; } }
`;
