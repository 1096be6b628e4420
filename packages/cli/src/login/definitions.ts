import { define, JSON_OPTION, PORTAL_OPTION } from '../commands/definition';

export const LOGIN = define({
  name: 'login',
  about: 'Signs in to a portal, in the browser.',
  args: '[URL]',
  options: {
    'no-browser': {
      type: 'boolean',
      about: 'only says which page to open, such as on a machine without one',
    },
    port: {
      type: 'string',
      value: 'NUMBER',
      about: 'where the browser comes back to on this machine; any free one',
    },
    ...JSON_OPTION,
  },
  details: `URL is the portal's address in the browser; WAYMARK_URL, the last one or
http://localhost:7007 unless said. You sign in as always and say there that
waymark may act for you. The sign-in is kept for you alone, in
waymark/credentials.json below XDG_CONFIG_HOME or ~/.config.

Where nobody is, such as on CI, WAYMARK_URL and WAYMARK_TOKEN do without.`,
});

export const LOGOUT = define({
  name: 'logout',
  about: 'Ends the sign-in, here and at the portal.',
  args: '[URL]',
  options: {
    all: { type: 'boolean', about: 'of every portal' },
    ...JSON_OPTION,
  },
});

export const WHOAMI = define({
  name: 'whoami',
  about: 'Tells who is signed in, and to which portal.',
  options: { ...PORTAL_OPTION, ...JSON_OPTION },
});
