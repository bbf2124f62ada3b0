import { type Doc, startedView, takeOverDraft } from '@liasse/core';
import { type Draft, documentOf, draftRecords, exportDocument, type OpenDoc } from '@liasse/core/replica';
import { Download, Redo2 } from 'lucide-react';
import { useEffect, useId, useMemo, useState } from 'react';
import { usePlatform, useReplica } from '../app/context.tsx';
import { ChangedRecordList } from '../app/differences/DifferenceList.tsx';
import { useEditable, useOpening, useRun } from '../app/room.tsx';
import { fileNameOf, saveFile } from '../app/saveFile.ts';
import {
  Button,
  ConfirmDialog,
  OpenDocProvider,
  Skeleton,
  useFormat,
  useSnapshot,
  useStrings,
  useToast,
} from '../kit/index.ts';
import css from './DraftsScreen.module.css';
import { draftStrings } from './draft.strings.ts';

interface DraftSectionProps {
  readonly draft: Draft;
  /** What people call the document. */
  readonly name: string;
}

/** One draft: why it is one, what it would change in the document as it is, and what can be done with it. */
export function DraftSection({ draft, name }: DraftSectionProps) {
  const t = useStrings(draftStrings);
  const format = useFormat();
  const heading = useId();
  return (
    <section aria-labelledby={heading} className={css.draft}>
      <h2 id={heading} className={css.heading}>
        {name}
      </h2>
      <p className={css.meta}>
        {t('when', { when: format.dayTime(draft.at) })} · {t('edits', { count: draft.edits })}
      </p>
      <p>{t(`why_${draft.reason}`)}</p>
      <DraftContent draft={draft} name={name} />
      <DraftActions draft={draft} name={name} />
    </section>
  );
}

function DraftContent({ draft, name }: DraftSectionProps) {
  const opening = useOpening(draft.room);
  if (opening.kind === 'opening') return <Skeleton count={2} height={48} />;
  if (opening.kind === 'failed') return <Alone draft={draft} />;
  return <Beside draft={draft} name={name} open={opening.open} />;
}

function Beside({ draft, name, open }: DraftSectionProps & { readonly open: OpenDoc }) {
  const isStarted = useSnapshot(startedView(open.doc));
  if (!isStarted) return <Alone draft={draft} />;
  return (
    <OpenDocProvider value={open}>
      <Compared draft={draft} name={name} doc={open.doc} />
    </OpenDocProvider>
  );
}

/** The document is not to be had: what the draft touches is told as it is. */
function Alone({ draft }: { readonly draft: Draft }) {
  const t = useStrings(draftStrings);
  const records = useMemo(() => draftRecords(draft, null), [draft]);
  return (
    <>
      <p className={css.meta}>{t('notCompared')}</p>
      <ChangedRecordList records={records} docs={NO_DOCS} />
    </>
  );
}

const NO_DOCS: readonly Doc[] = [];

function Compared({ draft, name, doc }: DraftSectionProps & { readonly doc: Doc }) {
  const t = useStrings(draftStrings);
  const run = useRun();
  const isEditable = useEditable();
  const records = useRecords(draft, doc);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const docs = useMemo(() => [doc], [doc]);
  if (records.length === 0) return <p>{t('alike')}</p>;
  const chosen = records.filter(({ key }) => !left.has(key));
  const choose = (key: string, isChosen: boolean) =>
    setLeft(isChosen ? new Set([...left].filter((one) => one !== key)) : new Set([...left, key]));
  const takeOver = () =>
    run(
      takeOverDraft,
      { differences: chosen.flatMap(({ differences }) => differences) },
      { text: t('takenOver', { name }) },
    );
  return (
    <>
      <ChangedRecordList
        records={records}
        docs={docs}
        {...(isEditable && { choice: { chosen: new Set(chosen.map(({ key }) => key)), choose } })}
      />
      {isEditable ? (
        <div className={css.act}>
          <Button variant="primary" icon={Redo2} isDisabled={chosen.length === 0} onPress={takeOver}>
            {t('takeOver')}
          </Button>
          <p className={css.meta}>{t('takeOverHint')}</p>
        </div>
      ) : (
        <p className={css.meta}>{t('waitForRight')}</p>
      )}
    </>
  );
}

/** How soon after a change of the live document the draft is compared again. */
const COMPARE_MS = 300;

function useRecords(draft: Draft, doc: Doc) {
  const [records, setRecords] = useState(() => draftRecords(draft, doc));
  useEffect(() => {
    let planned: ReturnType<typeof setTimeout> | undefined;
    const changed = () => {
      clearTimeout(planned);
      planned = setTimeout(() => setRecords(draftRecords(draft, doc)), COMPARE_MS);
    };
    doc.on('update', changed);
    return () => {
      clearTimeout(planned);
      doc.off('update', changed);
    };
  }, [draft, doc]);
  return records;
}

function DraftActions({ draft, name }: DraftSectionProps) {
  const t = useStrings(draftStrings);
  const replica = useReplica();
  const { clock } = usePlatform();
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  const save = () => {
    const doc = documentOf(draft);
    const text = JSON.stringify(exportDocument({ doc, room: draft.room }, clock.now()), null, 2);
    doc.destroy();
    saveFile(`${fileNameOf(t('fileName', { name }))}.liasse.json`, new Blob([text], { type: 'application/json' }));
  };
  const remove = async () => {
    setAsking(false);
    await replica.removeDraft(draft.draftId);
    toast.show({ message: t('removed') });
  };
  return (
    <div className={css.actions}>
      <Button icon={Download} onPress={save}>
        {t('export')}
      </Button>
      <Button variant="quiet" onPress={() => setAsking(true)}>
        {t('remove')}
      </Button>
      <ConfirmDialog
        danger
        title={t('removeTitle')}
        confirmLabel={t('removeConfirm')}
        isOpen={isAsking}
        onConfirm={() => void remove()}
        onCancel={() => setAsking(false)}
      >
        <p>{t('removeWhat', { name })}</p>
      </ConfirmDialog>
    </div>
  );
}
