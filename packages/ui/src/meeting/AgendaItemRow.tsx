import { type AgendaItem, type ItemTime, itemBody, renameItem } from '@liasse/core';
import { ChevronDown, ChevronRight, GripVertical, TriangleAlert } from 'lucide-react';
import { type CSSProperties, useRef } from 'react';
import { useRun } from '../app/room.tsx';
import {
  Badge,
  cx,
  Icon,
  IconButton,
  InlineEdit,
  PeopleStack,
  useFormat,
  useOpenDoc,
  useSnapshot,
  useStrings,
} from '../kit/index.ts';
import { RichText } from '../text/RichText.tsx';
import { TextView } from '../text/TextView.tsx';
import styles from './agenda.module.css';
import { ItemFields } from './ItemFields.tsx';
import { ItemMenu } from './ItemMenu.tsx';
import { meetingStrings } from './meeting.strings.ts';
import type { Drag, GripProps } from './reorder.ts';
import { useTimeText } from './times.ts';

interface AgendaItemRowProps {
  readonly item: AgendaItem;
  readonly index: number;
  readonly count: number;
  readonly time: ItemTime | undefined;
  readonly isOpen: boolean;
  readonly isEditable: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
  readonly grip: GripProps & { readonly 'aria-describedby': string };
  readonly drag: Drag;
}

/** An item: closed, what it is and its text to read; open, its fields and its text to write. */
export function AgendaItemRow(props: AgendaItemRowProps) {
  const { item, index, count, isEditable, onOpen, onMove, onRemove, grip, drag } = props;
  const t = useStrings(meetingStrings);
  const run = useRun();
  const number = index + 1;
  // A reader has the text before their eyes: there is nothing to open.
  const isOpen = props.isOpen && isEditable;
  const style: CSSProperties = drag.offset === null ? {} : { transform: `translateY(${drag.offset}px)` };
  return (
    <li
      className={cx(styles.item, isOpen && styles.open, drag.offset !== null && styles.lifted)}
      data-item={item.id}
      data-line={drag.line ?? undefined}
      style={style}
    >
      <div className={styles.side}>
        {isEditable && (
          <button type="button" className={styles.grip} aria-label={t('grip', { number })} {...grip}>
            <Icon icon={GripVertical} />
          </button>
        )}
        <span className={styles.number}>{number}</span>
      </div>
      <div className={styles.body}>
        <div className={styles.head}>
          <h3 className={styles.title}>
            <InlineEdit
              value={item.title}
              label={t('itemTitle')}
              isReadOnly={!isEditable}
              onSave={(title) => void run(renameItem, { itemId: item.id, title })}
            />
          </h3>
          <div className={styles.hours}>
            <Hours time={props.time} />
            <span data-chrome>
              <PeopleAt item={item} />
            </span>
          </div>
          <div className={styles.actions} data-chrome>
            {isEditable && <ItemMenu number={number} index={index} count={count} onMove={onMove} onRemove={onRemove} />}
            {isEditable && (
              <IconButton
                className={styles.toggle ?? ''}
                icon={isOpen ? ChevronDown : ChevronRight}
                label={isOpen ? t('closeItem', { number }) : t('openItem', { number })}
                aria-expanded={isOpen}
                size="compact"
                tooltip={false}
                onPress={() => onOpen(!isOpen)}
              />
            )}
          </div>
        </div>
        {isOpen && <ItemFields item={item} number={number} />}
        <Facts item={item} onPaperOnly={isOpen} />
        <Body item={item} number={number} isOpen={isOpen} />
      </div>
    </li>
  );
}

function Hours({ time }: { readonly time: ItemTime | undefined }) {
  const t = useStrings(meetingStrings);
  const format = useFormat();
  const timeText = useTimeText();
  if (!time?.startTime || !time.endTime) return null;
  return (
    <>
      <span>
        <time dateTime={time.startTime}>{timeText(time.startTime)}</time>
        {' – '}
        <time dateTime={time.endTime}>{timeText(time.endTime)}</time>
      </span>
      {time.lateMinutes > 0 && (
        <Badge icon={TriangleAlert} tone="warn">
          {t('late', { duration: format.duration(time.lateMinutes) })}
        </Badge>
      )}
    </>
  );
}

function Facts({ item, onPaperOnly }: { readonly item: AgendaItem; readonly onPaperOnly: boolean }) {
  const { kind, rapporteur, minutes } = item;
  const t = useStrings(meetingStrings);
  const format = useFormat();
  return (
    <p className={cx(styles.facts, onPaperOnly && styles.onPaper)}>
      {[t(kind), rapporteur, format.duration(minutes)].filter(Boolean).join(' · ')}
    </p>
  );
}

/** Who has their cursor in this item now, apart from oneself. */
function PeopleAt({ item: { id } }: { readonly item: AgendaItem }) {
  const people = useSnapshot(useOpenDoc().people);
  const here = new Map(
    people.filter(({ self, place }) => !self && place === id).map((person) => [person.account, person]),
  );
  return (
    <PeopleStack
      size="small"
      people={[...here.values()].map(({ account, name, colour }) => ({ key: account, name, colour }))}
    />
  );
}

interface BodyProps {
  readonly item: AgendaItem;
  readonly number: number;
  readonly isOpen: boolean;
}

function Body({ item, number, isOpen }: BodyProps) {
  const t = useStrings(meetingStrings);
  const open = useOpenDoc();
  const fragment = itemBody(open.doc, item.id);
  // What is open when the screen comes was not asked for just now: it must not take the focus.
  const wasOpen = useRef(isOpen);
  if (fragment === null) return null;
  if (!isOpen) return <TextView className={styles.text ?? ''} fragment={fragment} />;
  return (
    <RichText
      fragment={fragment}
      label={t('itemText', { number })}
      placeholder={t('itemPlaceholder')}
      onFocusPlace={() => open.setPlace(item.id)}
      takesFocus={!wasOpen.current}
    />
  );
}
