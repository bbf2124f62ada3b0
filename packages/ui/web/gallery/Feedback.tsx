import { CalendarDays, CircleCheck, Ellipsis, FileText, Info, LockKeyhole, Tag } from 'lucide-react';
import { useState } from 'react';
import {
  Avatar,
  Badge,
  Button,
  Chip,
  EmptyState,
  ErrorBoundary,
  ErrorNote,
  Icon,
  IconButton,
  ListRow,
  RedFlag,
  RefusalNote,
  Skeleton,
  SyncChip,
  useFormat,
  useStrings,
} from '../../src/kit/index.ts';
import css from './Gallery.module.css';
import { galleryStrings } from './gallery.strings.ts';
import { Row, Section } from './Section.tsx';
import { PEOPLE, SYNC_STATES } from './samples.ts';

/** What things say of themselves. */
export function Feedback() {
  const t = useStrings(galleryStrings);
  const { dayTime } = useFormat();
  return (
    <>
      <Section title="SyncChip">
        <div className={css.chips}>
          {SYNC_STATES.map(({ key, sync, blobs }) => (
            <SyncChip
              key={key}
              sync={sync}
              blobsWaiting={blobs}
              unsent={[{ key: 'a', label: t('example'), edits: 3 }]}
              actions={<Button size="compact">{t('open')}</Button>}
            />
          ))}
        </div>
      </Section>
      <Section title="Chip, Badge, Avatar">
        <Row>
          <Chip icon={Tag}>{t('budget')}</Chip>
          <Chip tone="accent">{t('budget')}</Chip>
          <Chip tone="ok">{t('done')}</Chip>
          <Chip tone="info">{t('doing')}</Chip>
          <Chip tone="warn">{t('todo')}</Chip>
          <Chip tone="danger">{t('blocked')}</Chip>
          <Chip remove={{ label: `${t('remove')} ${t('budget')}`, run: () => {} }}>{t('budget')}</Chip>
        </Row>
        <Row>
          <RedFlag>{t('late')}</RedFlag>
          <Badge icon={LockKeyhole} tone="danger">
            {t('blocked')}
          </Badge>
          <Badge icon={CircleCheck} tone="ok">
            {t('done')}
          </Badge>
          <Badge icon={Info} tone="info">
            {t('doing')}
          </Badge>
          <Badge icon={CalendarDays}>{dayTime(1_795_442_520_000)}</Badge>
        </Row>
        <Row>
          {PEOPLE.map((person) => (
            <Avatar key={person.key} person={person} />
          ))}
        </Row>
      </Section>
      <Section title="ListRow">
        <ul>
          <ListRow
            href="/dossiers/1"
            leading={<Icon icon={FileText} size={20} />}
            title={t('example')}
            meta={t('pieces')}
            actions={<IconButton icon={Ellipsis} label={t('more')} size="compact" />}
          />
          <ListRow
            href="/dossiers/2"
            current
            leading={<Icon icon={FileText} size={20} />}
            title={t('link')}
            meta={<RedFlag>{t('late')}</RedFlag>}
          />
          <ListRow title={t('reading')} size="compact" />
        </ul>
      </Section>
      <Section title="EmptyState, ErrorNote, Skeleton">
        <EmptyState action={<Button variant="primary">{t('create')}</Button>}>{t('emptyList')}</EmptyState>
        <ErrorNote
          role="status"
          happened={t('broken')}
          safe={t('brokenSafe')}
          todo={t('brokenTodo')}
          code="document-error"
          actions={<Button>{t('open')}</Button>}
        />
        <RefusalNote code="read-only" />
        <ErrorBoundary>
          <Fuse label={t('throwError')} />
        </ErrorBoundary>
        <Skeleton count={3} />
      </Section>
    </>
  );
}

function Fuse({ label }: { label: string }) {
  const [blown, setBlown] = useState(false);
  if (blown) throw new Error('asked for');
  return <Button onPress={() => setBlown(true)}>{label}</Button>;
}
