import { z } from 'zod';
import { ForgeStartError } from './errors';
import { isLogin } from './names';

/** Where the forge writes its lines; no token ever reaches it. */
export interface ForgeLogger {
  info(msg: string): void;
  warn(msg: string): void;
  error(msg: string): void;
}

/** An organisation that exists from the start. */
export interface ForgeOrganisation {
  login: string;
  name?: string;
}

/** A person or a machine that may use the forge. */
export interface ForgeAccount {
  login: string;
  name?: string;
  email?: string;
  /** Without a token the account exists, but nothing can act as it. */
  token?: string;
  /** In every organisation; an admin may do everything. Default `admin`. */
  role?: 'admin' | 'member';
}

/** A team that exists from the start. */
export interface ForgeTeam {
  organisation: string;
  slug: string;
  name?: string;
  members?: string[];
}

/** How a forge is started. */
export interface ForgeOptions {
  /** Everything the forge keeps lives below this folder. */
  dataDir: string;
  /** TCP port; 0 takes any free one. */
  port: number;
  /** A loopback address. Without it the forge listens on 127.0.0.1 and ::1. */
  host?: string;
  /** Base of every link the forge gives out. Default `http://localhost:<port>`. */
  publicUrl?: string;
  organisations: ForgeOrganisation[];
  accounts: ForgeAccount[];
  teams?: ForgeTeam[];
  /** The login the HTML pages act as; without it they change nothing. */
  webAccount?: string;
  /** Cloning, fetching and the HTML pages need no token. Default false. */
  anonymousRead?: boolean;
  /** The developer portal, linked from every page. */
  portalUrl?: string;
  logger?: ForgeLogger;
}

const login = z.string().refine(isLogin, 'is not a valid login');
const httpUrl = z
  .string()
  .url()
  .refine(url => /^https?:\/\//i.test(url), 'must be http or https')
  .transform(url => url.replace(/\/+$/, ''));

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);

const schema = z.object({
  dataDir: z.string().min(1),
  port: z.number().int().min(0).max(65535),
  host: z
    .string()
    .refine(host => LOOPBACK.has(host), 'must be a loopback address')
    .optional(),
  publicUrl: httpUrl.optional(),
  organisations: z.array(z.object({ login, name: z.string().optional() })),
  accounts: z.array(
    z.object({
      login,
      name: z.string().optional(),
      email: z.string().optional(),
      token: z.string().min(8, 'needs at least 8 characters').optional(),
      role: z.enum(['admin', 'member']).default('admin'),
    }),
  ),
  teams: z
    .array(
      z.object({
        organisation: login,
        slug: login,
        name: z.string().optional(),
        members: z.array(login).default([]),
      }),
    )
    .default([]),
  webAccount: login.optional(),
  anonymousRead: z.boolean().default(false),
  portalUrl: httpUrl.optional(),
});

/** Checked options, with every default filled in. */
export type CheckedOptions = z.output<typeof schema> & { logger: ForgeLogger };

const silent: ForgeLogger = { info() {}, warn() {}, error() {} };

/**
 * Checks the options.
 *
 * @throws ForgeStartError `EINVALID` which names the option, never its value.
 */
export function checkOptions(options: ForgeOptions): CheckedOptions {
  const { logger = silent, ...rest } = options;
  const result = schema.safeParse(rest);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new ForgeStartError(
      'EINVALID',
      `Forge option ${issue.path.join('.') || '(root)'}: ${issue.message}`,
    );
  }
  const checked = result.data;
  const seen = new Set<string>();
  for (const owner of [...checked.organisations, ...checked.accounts]) {
    const key = owner.login.toLowerCase();
    if (seen.has(key)) {
      throw new ForgeStartError(
        'EINVALID',
        `Forge options name the login '${owner.login}' twice`,
      );
    }
    seen.add(key);
  }
  if (
    checked.webAccount &&
    !checked.accounts.some(account => account.login === checked.webAccount)
  ) {
    throw new ForgeStartError(
      'EINVALID',
      `Forge option webAccount: '${checked.webAccount}' is none of the accounts`,
    );
  }
  return { ...checked, logger };
}
