import './code.css';
import { disposable, disposeAll } from '../../base/disposable.ts';
import { createDocumentNames } from '../../platform/languages/documentNames.ts';
import { onMonaco } from '../../platform/monaco.ts';
import type { Contribution } from '../../platform/platform.ts';
import { registerCodeCommands } from './codeCommands.ts';
import { registerDocumentLanguages } from './documentLanguages.ts';
import { openDocumentLinks } from './documentLinks.ts';
import { createFocusedCode } from './focusedCode.ts';
import { formLanguage } from './formLanguage.ts';
import { connectMonaco } from './monacoLanguages.ts';
import { openNamed } from './openNamed.ts';

/** What the editor knows of texts: completion, explanations, findings, and the way from a name to what it names. */
export const code: Contribution = (platform) => {
  const names = createDocumentNames(platform);
  const focused = createFocusedCode(platform);
  let connected = disposable(() => {});
  return disposeAll(
    names,
    registerDocumentLanguages(platform.languages, names),
    platform.languages.register(formLanguage),
    registerCodeCommands(platform, names, focused),
    onMonaco((monaco) => {
      connected = disposeAll(
        connectMonaco(monaco, platform),
        focused.follow(monaco),
        openDocumentLinks(monaco, (kind, name) => openNamed(platform, names, kind, name)),
      );
    }),
    disposable(() => connected.dispose()),
  );
};
