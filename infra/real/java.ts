import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Where what is fetched for tests stays, outside the tree. */
export function cacheFolder(environment: NodeJS.ProcessEnv): string {
  return join(environment.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'baton-ci');
}

/** The home of a Java 21 or newer; undefined when the machine has none. */
export function findJava(environment: NodeJS.ProcessEnv): string | undefined {
  const homes = [environment.BATON_JAVA_HOME, environment.JAVA_HOME];
  if (existsSync('/usr/lib/jvm'))
    homes.push(...readdirSync('/usr/lib/jvm').map((name) => join('/usr/lib/jvm', name)));
  for (const home of homes) {
    const java = home && join(home, 'bin', 'java');
    const release = home && join(home, 'release');
    if (!java || !existsSync(java) || !release || !existsSync(release)) continue;
    if (Number(readFileSync(release, 'utf8').match(/JAVA_VERSION="(\d+)/)?.[1]) >= 21) return home;
  }
  return undefined;
}

/** Whether Maven can be called. */
export function hasMaven(environment: NodeJS.ProcessEnv): boolean {
  return (environment.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'mvn')));
}
