import { z } from 'zod';
import type { AccountId } from '../index.ts';
import { type Role, type RoomName, RoomPeople } from '../protocol/index.ts';
import type { Asked, Http } from './http.ts';

/** Who may enter one room of the server. Answers as `AccountsClient`’s. */
export interface RoomRightsClient {
  /** From now on the dossier is for named people alone, and this account owns it. */
  restrict(room: RoomName): Promise<Asked<null>>;
  /** The dossier is the whole team’s again. */
  open(room: RoomName): Promise<Asked<null>>;
  people(room: RoomName): Promise<Asked<RoomPeople>>;
  /** Names someone, changes their role, or takes it away with null. */
  setPerson(room: RoomName, accountId: AccountId, role: Role | null): Promise<Asked<null>>;
}

export function roomRightsClient(http: Http): RoomRightsClient {
  const nothing = z.unknown().transform(() => null);
  return {
    restrict: (room) => http.ask('POST', '/api/rooms/restrict', nothing, { room }),
    open: (room) => http.ask('POST', '/api/rooms/open', nothing, { room }),
    people: (room) => http.ask('GET', `/api/rooms/people?room=${encodeURIComponent(room)}`, RoomPeople),
    setPerson: (room, accountId, role) => http.ask('POST', '/api/rooms/people', nothing, { room, accountId, role }),
  };
}
