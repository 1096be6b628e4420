import { readPerson } from '../login/person';
import { PortalClient } from '../portal/PortalClient';

/** The teams of whoever asks; none where a program does. */
export async function myTeams(client: PortalClient): Promise<string[]> {
  try {
    return (await readPerson(client)).teams;
  } catch {
    // They only come first in a list.
    return [];
  }
}
