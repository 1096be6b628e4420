import { ConfigReader } from '@backstage/config';
import { readDiscovered } from './discovered';
import { readTemplateGlobals } from './globals';

const laptop = {
  app: { baseUrl: 'http://localhost:7007/' },
  integrations: {
    github: [
      { host: 'localhost:7300', apiBaseUrl: 'http://localhost:7300/api/v3' },
    ],
  },
  waymark: {
    git: { host: 'localhost:7300', owner: 'tidewater' },
    templateCommit: 'c0ffee',
  },
};

describe('readTemplateGlobals', () => {
  it('points at the forge in laptop mode', () => {
    expect(readTemplateGlobals(new ConfigReader(laptop))).toEqual({
      gitHost: 'localhost:7300',
      gitOwner: 'tidewater',
      gitUrl: 'http://localhost:7300',
      portalUrl: 'http://localhost:7007',
      templateCommit: 'c0ffee',
    });
  });

  it('points at github.com where nothing else is said', () => {
    expect(
      readTemplateGlobals(
        new ConfigReader({
          app: { baseUrl: 'https://portal.example' },
          waymark: { git: { owner: 'acme' } },
        }),
      ),
    ).toMatchObject({ gitHost: 'github.com', gitUrl: 'https://github.com' });
  });

  it('names the key where the host has no integration', () => {
    expect(() =>
      readTemplateGlobals(new ConfigReader({ ...laptop, integrations: {} })),
    ).toThrow(/waymark\.git\.host is localhost:7300.*integrations\.github/);
  });
});

describe('readDiscovered', () => {
  const isDiscovered = readDiscovered(
    new ConfigReader({
      catalog: {
        providers: {
          github: {
            one: { host: 'localhost:7300', organization: 'Tidewater' },
            two: { organization: 'acme' },
            app: { app: '1' },
          },
        },
      },
    }),
  );

  it.each([
    ['http://localhost:7300/tidewater/x/blob/main/catalog-info.yaml', true],
    ['https://github.com/acme/x', true],
    ['https://github.com/tidewater/x', false],
    ['http://localhost:7301/tidewater/x', false],
  ])('%s: %s', (url, expected) => {
    expect(isDiscovered(url)).toBe(expected);
  });
});
