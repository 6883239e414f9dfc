import './ConflictView.css';
import { useEffect, useState } from 'react';
import type { DraftedDocument } from '../platform/draftedDocument.ts';
import type { Conflict } from '../platform/keptDraft.ts';
import type { Content } from '../platform/versionedCalls.ts';
import type { ContentTexts } from '../platform/versionedKinds.ts';
import { Button } from '../ui/Button.tsx';
import { DiffEditor } from '../ui/DiffEditor.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { exactTime, relativeTime } from '../ui/time.ts';

type Texts = Readonly<Record<string, string>>;

const textsOf = ({ parts }: ContentTexts, content: Content): Texts =>
  Object.fromEntries(parts.map((part) => [part.id, part.textOf(content)]));

/** Somebody else's work and mine, against each other: what goes on is decided here, part by part if need be. */
export function ConflictView({ document, conflict }: { document: DraftedDocument; conflict: Conflict }) {
  const { platform, versioned, kept } = document;
  const { theirs, mine } = conflict;
  const [kind, setKind] = useState<ContentTexts>();
  const [result, setResult] = useState<Texts>();
  const [part, setPart] = useState<string>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    let gone = false;
    void versioned.texts().then((texts) => {
      if (gone) return;
      setKind(texts);
      // What was decided so far stays when theirs changes again.
      setResult((before) => before ?? textsOf(texts, mine));
    });
    return () => {
      gone = true;
    };
  }, [versioned, mine]);
  if (!kind || !result) return <Skeleton lines={6} />;

  const other = textsOf(kind, theirs.content);
  const differing = kind.parts.filter(({ id }) => other[id] !== result[id]);
  const shown = kind.parts.find(({ id }) => id === part) ?? differing[0] ?? kind.parts[0]!;
  const mineToo = theirs.by === platform.me.user.username;
  const who = theirs.what === 'draft' ? `the draft by ${theirs.by}` : `v${theirs.version} by ${theirs.by}`;
  const goOn = (texts: Texts) => {
    const content = kind.contentOf(texts);
    if (content.ok) void kept.resolve(content.value);
    else setProblem(content.failure.message);
  };
  return (
    <section className="conflict" aria-label="Two sets of changes">
      <div className="conflicthead">
        <Icon name="codicon:git-compare" />
        <div className="conflictwords">
          <p>
            <strong>
              {theirs.what === 'draft'
                ? `${mineToo ? 'You' : theirs.by} changed this draft ${mineToo ? 'in another window' : 'meanwhile'}`
                : `${mineToo ? 'You' : theirs.by} published v${theirs.version} ${mineToo ? 'in another window' : 'meanwhile'}`}
            </strong>{' '}
            <span className="dim" title={exactTime(theirs.at)}>
              {relativeTime(theirs.at, platform.clock.now())}
            </span>
          </p>
          <p className="dim sm">Arrows take parts of the left side over; the right side can be typed in.</p>
        </div>
        <div className="conflictactions">
          <Button size="sm" onClick={() => void kept.resolve(theirs.content)}>
            {mineToo ? 'Take that one' : 'Take theirs'}
          </Button>
          <Button size="sm" onClick={() => setResult(textsOf(kind, mine))}>
            Start again from mine
          </Button>
          <Button size="sm" look="primary" onClick={() => goOn(result)}>
            Go on with the right side
          </Button>
        </div>
      </div>
      <div className="conflictsides">
        <span className="ellipsis">
          {mineToo ? 'There now' : 'Theirs'}: {who}
        </span>
        <span className="hstack">
          <span className="ellipsis grow">Yours, and what goes on</span>
          {kind.parts.length > 1 && (
            <Segmented
              label="Part"
              value={shown.id}
              options={kind.parts.map(({ id, title }) => ({
                value: id,
                title: other[id] === result[id] ? title : `${title} •`,
              }))}
              onChange={setPart}
            />
          )}
        </span>
      </div>
      {problem && (
        <div className="conflictproblem" role="alert">
          {problem}
        </div>
      )}
      <DiffEditor
        key={shown.id}
        themes={platform.themes}
        language={shown.language}
        sideBySide
        original={{ label: `Theirs: ${who}`, text: other[shown.id] ?? '' }}
        modified={{ label: 'Yours', text: result[shown.id] ?? '' }}
        onChange={(text) => {
          setProblem(undefined);
          setResult((before) => ({ ...before, [shown.id]: text }));
        }}
      />
    </section>
  );
}
