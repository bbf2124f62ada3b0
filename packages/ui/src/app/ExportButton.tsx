import type { RoomName } from '@liasse/core/protocol';
import { exportDocument } from '@liasse/core/replica';
import { Button } from '../kit/controls/Button.tsx';
import { useStrings } from '../kit/language/strings.ts';
import { appStrings } from './app.strings.ts';
import { usePlatform, useReplica } from './context.tsx';
import { fileNameOf, saveFile } from './saveFile.ts';

interface ExportButtonProps {
  readonly room: RoomName;
  /** What people call the document; the file bears it. */
  readonly name: string;
}

/** Gives a whole document, what could be stored nowhere included, as a file. */
export function ExportButton({ room, name }: ExportButtonProps) {
  const t = useStrings(appStrings);
  const replica = useReplica();
  const { clock } = usePlatform();
  const save = async () => {
    const open = replica.open(room);
    // What cannot be read whole is exported as far as it was read.
    await open.loaded.catch(() => {});
    const text = JSON.stringify(exportDocument(open, clock.now()), null, 2);
    saveFile(`${fileNameOf(name)}.liasse.json`, new Blob([text], { type: 'application/json' }));
    open.close();
  };
  return (
    <Button size="compact" onPress={() => void save()}>
      {t('exportNamed', { name })}
    </Button>
  );
}
