import { mockCredentials } from '@backstage/backend-test-utils';
import request from 'supertest';
import { Kettle, startKettle } from './__testUtils__/kettle';
import {
  DENIED,
  DEVELOPER,
  NO_TASKS,
  PLATFORM,
  testDatabases,
} from './__testUtils__/portal';

jest.setTimeout(60_000);
const open = testDatabases();

describe('who may preview, and what', () => {
  let kettle: Kettle;
  const preview: Kettle['preview'] = (...asked) => kettle.preview(...asked);

  beforeAll(async () => {
    kettle = await startKettle(open);
  });
  afterAll(() => kettle.stop());

  it.each<[string, string, number]>([
    ['no credentials', mockCredentials.none.header(), 401],
    ['a token that is none', 'Bearer guest', 401],
    ['a service', mockCredentials.service.header(), 403],
    ['who may do nothing', 'user:default/stranger', 403],
    ...Object.entries(DENIED).map(([who, denied]): [string, string, number] => [
      `who lacks ${denied}`,
      who,
      who === DEVELOPER || who === NO_TASKS ? 200 : 403,
    ]),
    ['who may', PLATFORM, 200],
  ])('answers %s', async (_, who, status) => {
    const header = who.startsWith('user:')
      ? mockCredentials.user.header(who)
      : who;
    const response = await preview(
      { templateRef: 'template:default/of-file', values: { name: 'kettle' } },
      header,
    );
    expect(response.status).toBe(status);
    expect('files' in response.body).toBe(status === 200);
  });

  it.each<[string, number, number, string]>([
    ['who asks', 403, 200, 'asks-user'],
    ['another address', 403, 409, 'asks-address'],
    ['what else the portal knows', 403, 200, 'asks-catalog'],
  ])(
    'leaves a template that reads %s to who may run any',
    async (_, developer, platform, name) => {
      const asked = {
        templateRef: `template:default/${name}`,
        values: { name: 'kettle' },
      };
      const header = mockCredentials.user.header;
      const { body, status } = await preview(asked, header(DEVELOPER));
      expect(status).toBe(developer);
      expect(body.error.name).toBe('NotAllowedError');
      const may = await preview(asked, header(PLATFORM));
      expect(may.status).toBe(platform);
    },
  );

  it.each([
    ['a template that is not there', 'template:default/none', 404, 'There is'],
    ['what is no template', 'component:default/basket', 400, 'not a template'],
    ['what is no ref', ':::', 400, 'templateRef must be'],
    ['a template from nowhere', 'template:of-nowhere', 409, 'not known where'],
    ['a folder that is gone', 'template:gone', 404, 'teapot'],
    ['a step that leads out', 'template:curious', 403, 'outside its parent'],
    ['a step of nothing', 'template:empty', 409, "lstat 'nothing'"],
    // Its repository may not make it one of this machine's files.
    ['a file by hearsay', 'template:of-two-minds', 409, 'not known where'],
  ])('says what is wrong with %s', async (_, templateRef, status, words) => {
    const { body, status: actual } = await preview({
      templateRef,
      values: { name: 'kettle' },
    });
    expect(body.error.message).toContain(words);
    expect(actual).toBe(status);
    expect(JSON.stringify(body)).not.toContain('not for anybody');
  });

  const levels = (count: number) =>
    JSON.parse(`${'['.repeat(count)}${']'.repeat(count)}`);
  const asked = { templateRef: 'template:of-file', values: {} };

  it.each<[string, string | object, number, string]>([
    ['nothing', {}, 400, 'templateRef: '],
    ['values that are none', { ...asked, values: 'x' }, 400, 'values: '],
    ['more', { ...asked, template: {} }, 400, 'template'],
    ['what is not JSON', '{"values": "not for anybody', 400, 'not JSON'],
    [
      'too many levels',
      { ...asked, values: { name: levels(4_000) } },
      400,
      'more than 50 levels',
    ],
    [
      'too much text',
      { ...asked, values: { name: 'x'.repeat(100_000) } },
      413,
      'too large',
    ],
  ])('refuses a body with %s', async (_, body, status, words) => {
    const response = await request(kettle.server)
      .post('/api/golden-paths/preview')
      .set('Authorization', mockCredentials.user.header(PLATFORM))
      .set('Content-Type', 'application/json')
      .send(typeof body === 'string' ? body : JSON.stringify(body));
    expect(response.body.error?.message).toContain(words);
    expect(response.status).toBe(status);
    expect(response.text).not.toContain('not for anybody');
  });
});
