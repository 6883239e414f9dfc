import { expect, it } from 'vitest';
import { htmlOf } from './markdown.ts';

it('shows HTML as text and refuses links that run scripts', () => {
  const html = htmlOf(
    '<img src=x onerror=alert(1)>\n\n[press](javascript:alert(1)) ![p](https://e.example/a.png)',
  );

  expect(html).not.toMatch(/<img|href="javascript|<[^>]*src=/i);
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
});

it('marks links to documents apart from links to pages', () => {
  const html = htmlOf('[flow](../workflows/triage.bpmn) and [home](https://baton.example)');

  expect(html).toContain('data-document="../workflows/triage.bpmn"');
  expect(html).toContain('href="https://baton.example" target="_blank" rel="noopener noreferrer"');
});
