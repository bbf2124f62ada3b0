import { Plus } from 'lucide-react';
import { useState } from 'react';
import {
  Button,
  InlineEdit,
  Inspector,
  PeopleStack,
  Screen,
  SearchField,
  SegmentedControl,
  SyncChip,
  Toolbar,
  useStrings,
} from '../../src/kit/index.ts';
import { Controls } from './Controls.tsx';
import { Feedback } from './Feedback.tsx';
import { Fields } from './Fields.tsx';
import css from './Gallery.module.css';
import { galleryStrings } from './gallery.strings.ts';
import { Overlays } from './Overlays.tsx';
import { PEOPLE, SYNC_STATES } from './samples.ts';

/** The whole kit on one page, laid out as a screen of the app is. */
export function Gallery() {
  const t = useStrings(galleryStrings);
  const [title, setTitle] = useState(t('title'));
  const [view, setView] = useState<'columns' | 'matrix' | 'table'>('columns');
  const [open, setOpen] = useState(false);
  const [first] = SYNC_STATES;
  return (
    <>
      <header className={css.bar}>
        <PeopleStack people={PEOPLE.slice(0, 3)} size="small" />
        {first && <SyncChip sync={first.sync} blobsWaiting={first.blobs} />}
      </header>
      <main className={css.main}>
        <Screen
          title={title}
          titleEdit={<InlineEdit label={t('name')} value={title} onSave={setTitle} />}
          breadcrumb={[{ label: t('dossiers'), href: '/dossiers' }, { label: title }]}
          actions={
            <>
              <Button onPress={() => setOpen(true)}>{t('inspect')}</Button>
              <Button variant="primary" icon={Plus}>
                {t('create')}
              </Button>
            </>
          }
          meta={
            <>
              <PeopleStack people={PEOPLE} />
              <span>{t('pieces')}</span>
            </>
          }
          toolbar={
            <Toolbar label={t('filters')}>
              <SearchField label={t('search')} className={css.search ?? ''} />
              <SegmentedControl
                label={t('view')}
                value={view}
                onChange={setView}
                segments={[
                  { id: 'columns', label: t('columns') },
                  { id: 'matrix', label: t('matrix') },
                  { id: 'table', label: t('table') },
                ]}
              />
            </Toolbar>
          }
          inspector={
            open && (
              <Inspector title={t('example')} onClose={() => setOpen(false)} onEnlarge={() => setOpen(false)}>
                <p>{t('reading')}</p>
              </Inspector>
            )
          }
        >
          <div className={css.sections}>
            <Controls />
            <Fields />
            <Overlays />
            <Feedback />
          </div>
        </Screen>
      </main>
    </>
  );
}
