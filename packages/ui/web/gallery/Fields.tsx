import type { Day } from '@liasse/core';
import { useState } from 'react';
import {
  Checkbox,
  ComboBox,
  DateField,
  NumberField,
  RadioGroup,
  Select,
  Switch,
  TextArea,
  TextField,
  useStrings,
} from '../../src/kit/index.ts';
import { galleryStrings } from './gallery.strings.ts';
import { Section } from './Section.tsx';

/** Every field, filled, empty, wrong, read-only, disabled. */
export function Fields() {
  const t = useStrings(galleryStrings);
  const [column, setColumn] = useState<string | null>('todo');
  const [dossier, setDossier] = useState<string | null>(null);
  const [due, setDue] = useState<Day | null>('2026-12-01' as Day);
  const [limit, setLimit] = useState<number | null>(5);
  const [role, setRole] = useState<string>('read');
  const columns = [
    { id: 'todo', label: t('todo') },
    { id: 'doing', label: t('doing') },
    { id: 'done', label: t('done'), disabled: true },
  ];
  return (
    <>
      <Section title="TextField">
        <TextField label={t('name')} hint={t('nameHint')} placeholder={t('example')} isRequired />
        <TextField label={t('name')} defaultValue="" error={t('nameError')} />
        <TextField label={t('name')} defaultValue={t('example')} isReadOnly />
        <TextField label={t('name')} defaultValue={t('example')} isDisabled />
        <TextArea label={t('note')} defaultValue={t('reading')} />
      </Section>
      <Section title="Fields">
        <Select label={t('column')} options={columns} value={column} onChange={setColumn} />
        <ComboBox
          label={t('dossier')}
          hint={t('nameHint')}
          options={columns}
          value={dossier}
          onChange={setDossier}
          onCreate={() => {}}
          placeholder={t('example')}
        />
        <DateField label={t('due')} value={due} onChange={setDue} />
        <NumberField label={t('limit')} value={limit} onChange={setLimit} minValue={0} />
        <Checkbox defaultSelected>{t('urgent')}</Checkbox>
        <Checkbox isIndeterminate>{t('notify')}</Checkbox>
        <Checkbox isDisabled detail={t('reason')}>
          {t('notify')}
        </Checkbox>
        <Switch defaultSelected detail={t('notifyDetail')}>
          {t('notify')}
        </Switch>
        <Switch>{t('urgent')}</Switch>
        <RadioGroup
          label={t('role')}
          value={role}
          onChange={setRole}
          options={[
            { id: 'read', label: t('read') },
            { id: 'write', label: t('write'), detail: t('writeDetail') },
          ]}
        />
      </Section>
    </>
  );
}
