import { useState } from 'react';
import { addSample } from '../app/addSample.ts';
import { usePlatform, useSession } from '../app/context.tsx';
import { inTeam, paths } from '../app/paths.ts';
import { useGo } from '../app/shell/go.ts';
import { Button, EmptyState, useStrings, useToast } from '../kit/index.ts';
import { dayStrings } from './day.strings.ts';

/** A day without anything: the planning, or on a first run a team to look around in. */
export function NothingToday() {
  const t = useStrings(dayStrings);
  const platform = usePlatform();
  const { server, workspaces, current } = useSession();
  const go = useGo();
  const toast = useToast();
  const [making, setMaking] = useState(false);
  const offerSample = server === null && !workspaces.some(({ sample }) => sample);

  const makeSample = async () => {
    setMaking(true);
    try {
      await addSample(platform);
    } catch (error) {
      toast.show({ message: t('sampleFailed') });
      throw error;
    } finally {
      setMaking(false);
    }
  };
  return (
    <EmptyState
      action={
        offerSample ? (
          <Button busy={making} onPress={() => void makeSample()}>
            {t('trySample')}
          </Button>
        ) : (
          <Button onPress={() => go(inTeam(current.team.id, paths.board))}>{t('toBoard')}</Button>
        )
      }
    >
      {t('empty')}
    </EmptyState>
  );
}
