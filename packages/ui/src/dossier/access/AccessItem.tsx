import type { Dossier } from '@liasse/core';
import { Lock } from 'lucide-react';
import { useWorkspace } from '../../app/context.tsx';
import { MenuItem, useStrings } from '../../kit/index.ts';
import { accessStrings } from './access.strings.ts';

/** *Restreindre l’accès…*, in a dossier’s menu; a team of this device alone has nobody to keep out. */
export function AccessItem({ dossier, onAction }: { readonly dossier: Dossier; readonly onAction: () => void }) {
  const t = useStrings(accessStrings);
  const { local } = useWorkspace();
  if (local) return null;
  return (
    <MenuItem icon={Lock} onAction={onAction}>
      {t(dossier.restricted ? 'accessItem' : 'restrictItem')}
    </MenuItem>
  );
}
