import { type Dossier, type PieceId, trashPiece } from '@liasse/core';
import { FilePlus2, FileUp, X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { DropZone, type FileDropItem } from 'react-aria-components';
import { paths } from '../../app/paths.ts';
import { useRun } from '../../app/room.tsx';
import { useGo } from '../../app/shell/go.ts';
import { Button, Icon, IconButton, useRefusalText, useStrings, useToast } from '../../kit/index.ts';
import css from './files.module.css';
import { filesStrings } from './files.strings.ts';
import { type FileOnItsWay, useFiles } from './useFiles.ts';

/** Lines of the bordereau carry this: they are moved within it, and are no files. */
export const ROW_TYPE = 'application/x-liasse-row';

interface DropFilesProps {
  readonly dossier: Dossier;
  readonly children: ReactNode;
}

/** The bordereau as a place to drop files on, with a button that does the same from the keyboard. */
export function DropFiles({ dossier, children }: DropFilesProps) {
  const t = useStrings(filesStrings);
  const toast = useToast();
  const go = useGo();
  const run = useRun();
  const picker = useRef<HTMLInputElement>(null);
  const onAdded = (pieces: readonly PieceId[]) => {
    const [first] = pieces;
    toast.show({
      message: t('added', { count: pieces.length }),
      ...(first !== undefined &&
        pieces.length === 1 && { action: { label: t('open'), run: () => go(paths.piece(dossier.id, first)) } }),
      undo: () => {
        for (const pieceId of pieces) run(trashPiece, { pieceId });
      },
    });
  };
  const { onTheirWay, add, stop, dismiss } = useFiles(onAdded);
  const isBusy = onTheirWay.some(({ state }) => state.kind !== 'failed');

  return (
    <DropZone
      className={css.zone ?? ''}
      aria-label={t('zone')}
      getDropOperation={(types) => (types.has(ROW_TYPE) ? 'cancel' : 'copy')}
      onDrop={async ({ items }) => {
        const dropped = items.filter((item): item is FileDropItem => item.kind === 'file');
        add(await Promise.all(dropped.map((item) => item.getFile())));
      }}
    >
      <div className={css.road}>
        <Button icon={FilePlus2} onPress={() => picker.current?.click()}>
          {t('pick')}
        </Button>
        <span className={css.hint}>{t('hint')}</span>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-hidden
          data-testid="files"
          onChange={({ target }) => {
            add([...(target.files ?? [])]);
            target.value = '';
          }}
        />
      </div>
      {onTheirWay.length > 0 && (
        <ul className={css.list} aria-label={t('onTheirWay')}>
          {onTheirWay.map((file) => (
            <FileLine key={file.key} file={file} onDismiss={() => dismiss(file.key)} />
          ))}
        </ul>
      )}
      {isBusy && (
        <Button className={css.stop ?? ''} onPress={stop}>
          {t('stop')}
        </Button>
      )}
      {children}
      <div className={css.over} aria-hidden>
        <Icon icon={FileUp} />
        {t('release', { title: dossier.title })}
      </div>
    </DropZone>
  );
}

function FileLine({
  file: { name, state },
  onDismiss,
}: {
  readonly file: FileOnItsWay;
  readonly onDismiss: () => void;
}) {
  const t = useStrings(filesStrings);
  const refusalText = useRefusalText();
  if (state.kind === 'failed') {
    const why =
      state.code === 'invalid-input'
        ? t('empty')
        : state.code === 'too-large'
          ? t('tooLarge')
          : refusalText(state.code);
    return (
      <li className={css.failed} role="alert">
        <span className={css.name}>{name}</span>
        <span>{why}</span>
        <IconButton icon={X} label={t('dismiss', { name })} onPress={onDismiss} />
      </li>
    );
  }
  const progress = state.kind === 'reading' ? state.progress : null;
  return (
    <li className={css.line}>
      <span className={css.name}>{name}</span>
      <span role="status" className={css.said}>
        {state.kind === 'waiting'
          ? t('waiting')
          : progress === null
            ? t('reading')
            : t('page', { done: progress.done, of: progress.of })}
      </span>
      {state.kind === 'reading' && (
        <progress
          aria-label={t('readingOf', { name })}
          {...(progress !== null && { value: progress.done, max: progress.of })}
        />
      )}
    </li>
  );
}
