import {
  type Difference,
  type Doc,
  Refusal,
  restoreVersion,
  type VersionedKind,
  versionDifferences,
  versionDocument,
} from '@liasse/core';
import type { RoomVersion } from '@liasse/core/protocol';
import { ArrowLeft, History } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { usePlatform } from '../app/context.tsx';
import { DifferenceList } from '../app/differences/DifferenceList.tsx';
import { useEditable, useRun, useUndo } from '../app/room.tsx';
import { useTeamDocs } from '../app/teamDocs.ts';
import {
  Button,
  ErrorNote,
  Icon,
  Link,
  SegmentedControl,
  Skeleton,
  useFormat,
  useOpenDoc,
  useRefusalText,
  useStrings,
} from '../kit/index.ts';
import { useAsked } from './useAsked.ts';
import { VersionOutline } from './VersionOutline.tsx';
import type { Versioned } from './versioned.ts';
import css from './versions.module.css';
import { versionsStrings } from './versions.strings.ts';

interface VersionPreviewProps {
  readonly versioned: Versioned;
  readonly version: RoomVersion;
}

/** What bringing one version back would change in the document as it is now; and the button that does it. */
export function VersionPreview({ versioned, version }: VersionPreviewProps) {
  const t = useStrings(versionsStrings);
  const format = useFormat();
  const refusalText = useRefusalText();
  const { rooms } = usePlatform();
  const { room } = versioned;
  const { answer, again } = useAsked(useCallback(() => rooms.version(room, version.seq), [rooms, room, version.seq]));
  const when = format.dayTime(version.at);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // On a narrow screen the list, and in it the link that was pressed, has gone.
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && activeElement.offsetParent === null) heading.current?.focus();
  }, []);
  return (
    <section aria-labelledby="version-shown" className={css.preview}>
      <Link href={versioned.versionsPath} variant="quiet" className={css.back ?? ''}>
        <Icon icon={ArrowLeft} /> {t('back')}
      </Link>
      <h2 id="version-shown" ref={heading} tabIndex={-1} className={css.heading}>
        {t('versionAt', { when })}
      </h2>
      {answer === null && <Skeleton count={3} height={56} />}
      {answer?.ok === false && (
        <ErrorNote
          role="alert"
          happened={t('versionFailed')}
          safe={t('safe')}
          todo={refusalText(answer.code)}
          actions={<Button onPress={again}>{t('retry')}</Button>}
        />
      )}
      {answer?.ok && (
        <Compared versioned={versioned} bytes={answer.value} when={when} onRestored={() => heading.current?.focus()} />
      )}
    </section>
  );
}

type Reading = 'changes' | 'content';

interface ComparedProps {
  readonly versioned: Versioned;
  readonly bytes: Uint8Array;
  readonly when: string;
  /** The button that did it is gone: something else takes the focus. */
  readonly onRestored: () => void;
}

function Compared({ versioned, bytes, when, onRestored }: ComparedProps) {
  const t = useStrings(versionsStrings);
  const { doc } = useOpenDoc();
  const version = useVersionDocument(bytes);
  const differences = useDifferences(versioned.kind, version);
  const docs = useMemo(() => (version === null || version === 'unreadable' ? [doc] : [doc, version]), [doc, version]);
  const [reading, setReading] = useState<Reading>('changes');
  const editable = useEditable();
  const restore = useRestore(versioned, when);
  if (version === 'unreadable') return <ErrorNote role="alert" happened={t('versionFailed')} safe={t('safe')} />;
  if (version === null || differences === null) return <Skeleton count={3} height={56} />;
  const differs = differences.length > 0;
  return (
    <>
      {editable && differs && (
        <div className={css.act}>
          <Button variant="primary" icon={History} onPress={() => restore(differences) && onRestored()}>
            {t('restore')}
          </Button>
          <p className={css.hint}>{t('restoreHint')}</p>
        </div>
      )}
      <SegmentedControl<Reading>
        label={t('reading')}
        segments={[
          { id: 'changes', label: t('changes') },
          { id: 'content', label: t('content') },
        ]}
        value={reading}
        onChange={setReading}
      />
      {reading === 'content' && <VersionOutline kind={versioned.kind} version={version} />}
      {reading === 'changes' && <p>{t(differs ? 'compared' : 'same')}</p>}
      {reading === 'changes' && differs && <DifferenceList differences={differences} docs={docs} />}
    </>
  );
}

function useVersionDocument(bytes: Uint8Array): Doc | 'unreadable' | null {
  const [version, setVersion] = useState<Doc | 'unreadable' | null>(null);
  useEffect(() => {
    let doc: Doc | null = null;
    try {
      doc = versionDocument(bytes);
      setVersion(doc);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setVersion('unreadable');
    }
    return () => doc?.destroy();
  }, [bytes]);
  return version;
}

/** How soon after a change of the live document it is compared again: reading two documents whole is not for each keystroke. */
const COMPARE_MS = 300;

/** What differs from the document on screen, now and as it changes. */
function useDifferences(kind: VersionedKind, version: Doc | 'unreadable' | null): readonly Difference[] | null {
  const { doc } = useOpenDoc();
  const [differences, setDifferences] = useState<readonly Difference[] | null>(null);
  useEffect(() => {
    if (version === null || version === 'unreadable') return;
    const compare = () => setDifferences(versionDifferences(kind, doc, version));
    let planned: ReturnType<typeof setTimeout> | undefined;
    const changed = () => {
      clearTimeout(planned);
      planned = setTimeout(compare, COMPARE_MS);
    };
    compare();
    doc.on('update', changed);
    return () => {
      clearTimeout(planned);
      doc.off('update', changed);
    };
  }, [kind, doc, version]);
  return differences;
}

function useRestore({ follow }: Versioned, when: string): (differences: readonly Difference[]) => boolean {
  const t = useStrings(versionsStrings);
  const run = useRun();
  const { undo } = useUndo();
  const docs = useTeamDocs();
  return (differences) => {
    const following = () => void follow(docs).catch(() => {});
    const takeBack = () => {
      undo();
      following();
    };
    const done = run(
      restoreVersion,
      { differences: [...differences] },
      { text: t('restored', { when }), undo: takeBack },
    );
    if (done.ok) following();
    return done.ok;
  };
}
