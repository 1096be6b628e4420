import { createHash, timingSafeEqual } from 'node:crypto';
import { CheckedOptions } from './options';
import { Store, teamKey } from './store/store';
import { TeamRecord } from './store/records';

/** A person, a machine or an organisation. */
export interface Account {
  id: number;
  login: string;
  type: 'User' | 'Organization';
  name: string | null;
  email: string | null;
  role: 'admin' | 'member';
  createdAt: string;
}

/** Everybody the forge knows, and the tokens by which it knows them. */
export class Accounts {
  private readonly byLogin = new Map<string, Account>();
  private readonly byId = new Map<number, Account>();
  private readonly tokens: { hash: Buffer; account: Account }[] = [];

  private constructor(private readonly store: Store) {}

  /** Gives every login of the options an id, or the one it had before. */
  static async open(options: CheckedOptions, store: Store): Promise<Accounts> {
    const accounts = new Accounts(store);
    for (const { login, name } of options.organisations) {
      await accounts.add(login, 'Organization', { name });
      await store.openOrganisation(login);
    }
    for (const { login, name, email, role, token } of options.accounts) {
      const account = await accounts.add(login, 'User', { name, email, role });
      if (token) {
        accounts.tokens.push({ hash: digest(token), account });
      }
    }
    for (const team of options.teams) {
      const key = teamKey(team.organisation, team.slug);
      const known = store.teams.get(key);
      await store.teams.put({
        id: known?.id ?? store.newId(),
        organisation: team.organisation,
        slug: team.slug.toLowerCase(),
        name: team.name ?? team.slug,
        description: known?.description ?? null,
        privacy: known?.privacy ?? 'closed',
        parent: known?.parent ?? null,
        members: team.members,
        createdAt: known?.createdAt ?? new Date().toISOString(),
      });
    }
    return accounts;
  }

  /** The account a token belongs to. Takes as long for any token. */
  byToken(token: string): Account | undefined {
    const hash = digest(token);
    let found: Account | undefined;
    for (const entry of this.tokens) {
      if (timingSafeEqual(entry.hash, hash)) {
        found = entry.account;
      }
    }
    return found;
  }

  get(login: string): Account | undefined {
    return this.byLogin.get(login.toLowerCase());
  }

  getById(id: number): Account | undefined {
    return this.byId.get(id);
  }

  /** The account, or a stand-in for a login that is no longer configured. */
  known(login: string): Account {
    return (
      this.get(login) ?? {
        id: this.store.accounts.get(login.toLowerCase())?.id ?? 0,
        login,
        type: 'User',
        name: null,
        email: null,
        role: 'member',
        createdAt: '1970-01-01T00:00:00.000Z',
      }
    );
  }

  organisations(): Account[] {
    return this.all('Organization');
  }

  users(): Account[] {
    return this.all('User');
  }

  /** Teams of an organisation by slug. */
  teams(organisation: string): TeamRecord[] {
    return this.store.teams
      .list()
      .filter(
        team => team.organisation.toLowerCase() === organisation.toLowerCase(),
      )
      .sort((a, b) => a.slug.localeCompare(b.slug, 'en'));
  }

  private all(type: Account['type']): Account[] {
    return [...this.byLogin.values()]
      .filter(account => account.type === type)
      .sort((a, b) => a.login.localeCompare(b.login, 'en'));
  }

  private async add(
    login: string,
    type: Account['type'],
    extra: { name?: string; email?: string; role?: Account['role'] },
  ): Promise<Account> {
    const key = login.toLowerCase();
    let record = this.store.accounts.get(key);
    if (!record || record.type !== type || record.login !== login) {
      record = {
        id: record?.id ?? this.store.newId(),
        login,
        type,
        createdAt: record?.createdAt ?? new Date().toISOString(),
      };
      await this.store.accounts.put(record);
    }
    const account: Account = {
      id: record.id,
      login,
      type,
      name: extra.name ?? null,
      email: extra.email ?? null,
      role: extra.role ?? 'member',
      createdAt: record.createdAt,
    };
    this.byLogin.set(key, account);
    this.byId.set(account.id, account);
    return account;
  }
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
