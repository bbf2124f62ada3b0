import { Members, newId, type TeamId } from '@liasse/core/protocol';
import { expect, test } from 'vitest';
import { random, startSite } from '../testing/testServer.ts';

test('[S148] who publishes a team is named also under the account that they had on their device', async () => {
  const site = await startSite();
  const id = newId<TeamId>(random);
  const create = (body: object) => site.owner.ask('POST', '/api/teams', { id, name: 'Bureau', ...body });
  expect((await create({ formerly: site.owner.id })).status).toBe(400);
  expect((await create({ formerly: 'local-abcdefgh' })).status).toBe(200);
  // Asked again, as after an answer that was lost.
  expect((await create({ formerly: 'local-abcdefgh' })).status).toBe(200);
  const members = Members.parse((await site.owner.ask('GET', `/api/teams/${id}/members`)).body);
  expect(members).toMatchObject([{ accountId: site.owner.id, name: 'Olympe', formerly: ['local-abcdefgh'] }]);
  const others = Members.parse((await site.owner.ask('GET', `/api/teams/${site.team}/members`)).body);
  expect(others[0]?.formerly).toBeUndefined();
});
