import type { Session } from '@liasse/core/protocol';
import { httpServer } from '@liasse/core/replica';

export async function signIn(url: string): Promise<Session> {
  const form = { email: 'amira@example.fr', password: 'une phrase bien longue' };
  const answer = await httpServer(url, { bearer: () => null }).accounts.signIn(form);
  if (!answer.ok) throw new Error(`refused: ${answer.code}`);
  return answer.value;
}
