import type { Handler, Routes } from './route.ts';

export type Match =
  | { route: string; handler: Handler; params: { [name: string]: string } }
  /** The path exists, but not for this method. */
  | { allowed: string[] }
  | undefined;

/** Finds the handler of a method and path among rows `METHOD /path/{param}`. */
export function createRouter(routes: Routes): (method: string, path: string) => Match {
  const rows = Object.entries(routes).map(([key, handler]) => {
    const [method, path] = key.split(' ') as [string, string];
    const names: string[] = [];
    const pattern = path.replace(/\{(\w+)\}/g, (_, name: string) => {
      names.push(name);
      return '([^/]+)';
    });
    return { key, method, pattern: new RegExp(`^${pattern}$`), names, handler };
  });
  return (method, path) => {
    const allowed: string[] = [];
    for (const row of rows) {
      const found = row.pattern.exec(path);
      if (!found) continue;
      if (row.method !== method) {
        allowed.push(row.method);
        continue;
      }
      const params: { [name: string]: string } = {};
      row.names.forEach((name, i) => {
        params[name] = found[i + 1]!;
      });
      return { route: row.key, handler: row.handler, params };
    }
    return allowed.length > 0 ? { allowed } : undefined;
  };
}
