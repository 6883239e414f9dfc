import { speak } from './platform/texts.ts';

/** Key of the language in the browser: it is known before anybody is signed in. */
const language = window.localStorage.getItem('baton/language') ?? 'en';

// Modules name their texts as they are read, so the language comes before all of them.
if (/^[a-z]{2}(-[A-Z]{2})?$/.test(language) && language !== 'en') {
  const texts = await fetch(`/texts/${language}.json`)
    .then((answer) => (answer.ok ? answer.json() : {}))
    .catch(() => ({}));
  speak(texts);
  document.documentElement.lang = language;
}
await import('./main.tsx');
