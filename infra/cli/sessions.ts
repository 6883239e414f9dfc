import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What keeps one signed in at a server: tokens that are renewed, or a key. */
export type Kept =
  | {
      username: string;
      tenant: string;
      accessToken: string;
      refreshToken: string /** epoch ms */;
      expiresAt: number;
    }
  | { tenant: string; apiKey: string };

interface Content {
  /** The server used last. */
  current?: string;
  servers: { [server: string]: Kept };
}

/** Who one is to which server, in a file that only its owner reads. */
export interface Sessions {
  current(): string | undefined;
  get(server: string): Kept | undefined;
  set(server: string, kept: Kept): void;
  forget(server: string): void;
}

/** @param folder `$XDG_CONFIG_HOME/baton` */
export function createSessions(folder: string): Sessions {
  const file = join(folder, 'sessions.json');

  function read(): Content {
    try {
      const content = JSON.parse(readFileSync(file, 'utf8')) as Partial<Content> | null;
      return { ...content, servers: content?.servers ?? {} };
    } catch {
      return { servers: {} };
    }
  }

  /** Whole or not at all, and never for a moment readable by others. */
  function write(content: Content): void {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const next = `${file}.${process.pid}`;
    try {
      writeFileSync(next, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
      chmodSync(next, 0o600);
      renameSync(next, file);
    } catch (error) {
      rmSync(next, { force: true });
      throw error;
    }
  }

  return {
    current: () => read().current,
    get: (server) => read().servers[server],
    set(server, kept) {
      write({ current: server, servers: { ...read().servers, [server]: kept } });
    },
    forget(server) {
      const { servers, ...rest } = read();
      const { [server]: _, ...others } = servers;
      write({ ...rest, servers: others });
    },
  };
}
