import {
  type AgendaItem,
  ItemKind,
  MAX_ITEM_MINUTES,
  setItemKind,
  setItemMinutes,
  setItemRapporteur,
} from '@liasse/core';
import { useEffect, useState } from 'react';
import { useRun } from '../app/room.tsx';
import { NumberField, Select, TextField, useOpenDoc, useStrings } from '../kit/index.ts';
import styles from './agenda.module.css';
import { meetingStrings } from './meeting.strings.ts';

/** What an open item says of itself, in fields. */
export function ItemFields({ item, number }: { readonly item: AgendaItem; readonly number: number }) {
  const t = useStrings(meetingStrings);
  const run = useRun();
  const open = useOpenDoc();
  useEffect(() => () => open.setPlace(null), [open]);
  const { id: itemId, kind, minutes, rapporteur } = item;
  return (
    <fieldset
      className={styles.itemFields}
      aria-label={t('itemFacts', { number })}
      onFocus={() => open.setPlace(itemId)}
    >
      <Select
        label={t('kind')}
        value={kind}
        options={ItemKind.options.map((id) => ({ id, label: t(id) }))}
        onChange={(next) => void run(setItemKind, { itemId, kind: next })}
      />
      <NumberField
        className={styles.minutes ?? ''}
        label={t('minutes')}
        value={minutes}
        minValue={0}
        maxValue={MAX_ITEM_MINUTES}
        step={5}
        onChange={(next) => void run(setItemMinutes, { itemId, minutes: next ?? 0 })}
      />
      <Rapporteur value={rapporteur} onSave={(name) => void run(setItemRapporteur, { itemId, rapporteur: name })} />
    </fieldset>
  );
}

interface RapporteurProps {
  readonly value: string;
  readonly onSave: (name: string) => void;
}

function Rapporteur({ value, onSave }: RapporteurProps) {
  const t = useStrings(meetingStrings);
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft !== null && draft.trim() !== value) onSave(draft);
    setDraft(null);
  };
  return (
    <TextField
      className={styles.rapporteur ?? ''}
      label={t('rapporteur')}
      placeholder={t('rapporteurExample')}
      maxLength={200}
      value={draft ?? value}
      onChange={setDraft}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape') setDraft(null);
      }}
    />
  );
}
