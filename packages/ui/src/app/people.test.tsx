import { AccountId } from '@liasse/core';
import type { Members } from '@liasse/core/protocol';
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { makeMemoryPlatform, testWorkspace } from '../testing/memoryPlatform.ts';
import { renderApp } from '../testing/renderApp.tsx';
import { useMembers, useNameOf } from './people.ts';

const benoit = AccountId.parse('account-benoit');

function Names() {
  const nameOf = useNameOf();
  return (
    <p>
      {useMembers()
        .map(({ name }) => name)
        .join(', ')}
      ; {nameOf(benoit) ?? 'inconnu'}
    </p>
  );
}

test('a team of this device alone has one member, and asks no server', async () => {
  const platform = makeMemoryPlatform();
  renderApp(<Names />, { platform });
  await screen.findByText('Amira Benali; inconnu');
  expect(platform.asked).not.toContain('members');
});

test('the members of a team are named once the server has answered', async () => {
  const members: Members = [{ accountId: benoit, name: 'Benoît', role: 'editor' }];
  const platform = {
    ...makeMemoryPlatform({ workspaces: [testWorkspace({ local: false })] }),
    members: () => Promise.resolve({ ok: true as const, value: members }),
  };
  renderApp(<Names />, { platform });
  await screen.findByText('Amira Benali, Benoît; Benoît');
});

test('while the server is away they keep the names that this device heard last', async () => {
  const platform = {
    ...makeMemoryPlatform({ workspaces: [testWorkspace({ local: false })] }),
    knownMembers: () => [{ accountId: benoit, name: 'Benoît', role: 'editor' as const }],
  };
  renderApp(<Names />, { platform });
  await screen.findByText('Amira Benali, Benoît; Benoît');
});

test('where nobody was heard and the server is away one is alone, and nothing fails', async () => {
  renderApp(<Names />, { platform: makeMemoryPlatform({ workspaces: [testWorkspace({ local: false })] }) });
  await screen.findByText('Amira Benali; inconnu');
});
