import { previewSchema } from '@waymark/backstage-plugin-golden-paths-common';
import { Kettle, startKettle } from './__testUtils__/kettle';
import { testDatabases } from './__testUtils__/portal';

jest.setTimeout(60_000);
const open = testDatabases();

describe('what a golden path would make', () => {
  let kettle: Kettle;
  const preview: Kettle['preview'] = (...asked) => kettle.preview(...asked);

  const filesOf = async (templateRef: string, values: object) => {
    const response = await preview({ templateRef, values });
    expect(response.body.error).toBeUndefined();
    const answer = previewSchema.parse(response.body);
    if (answer.result !== 'files') throw new Error('It was refused');
    return answer.files;
  };

  beforeAll(async () => {
    kettle = await startKettle(open);
  });
  afterAll(() => kettle.stop());

  it.each(['of-file', 'of-url', 'of-url-only'])(
    'shows what the template %s makes, its layers included',
    async name => {
      const files = await filesOf(`template:default/${name}`, {
        name: 'kettle',
        owner: 'group:default/kitchen',
      });
      expect(files).toEqual([
        {
          path: 'README.md',
          size: 11,
          executable: name === 'of-file',
          binary: false,
          content: '# "kettle"\n',
          truncated: false,
        },
        expect.objectContaining({
          path: 'catalog-info.yaml',
          content: 'owner: group:default/kitchen\n',
        }),
        expect.objectContaining({
          path: 'chart/deployment.yaml',
          content: 'image: ${{ github.sha }}\n',
        }),
        {
          path: 'logo.bin',
          size: 3,
          executable: false,
          binary: true,
          truncated: false,
        },
        expect.objectContaining({
          path: 'long.txt',
          size: 80_000,
          content: 'é'.repeat(32_768),
          truncated: true,
        }),
      ]);
    },
  );

  it('names the answers that the form does not take, in its words', async () => {
    const refused = await preview({
      templateRef: 'template:of-file',
      values: { name: 'Not a name', replicas: 11 },
    });
    expect(refused.status).toBe(200);
    expect(previewSchema.parse(refused.body)).toEqual({
      result: 'refused',
      problems: [
        { field: 'name', title: 'Name', message: 'Use small letters.' },
        {
          field: 'replicas',
          title: 'replicas',
          message: 'It must be less than or equal to 10.',
        },
      ],
    });

    const missing = await preview({
      templateRef: 'template:default/of-file',
      values: {},
    });
    expect(missing.body.problems).toEqual([
      { field: 'name', title: 'Name', message: 'An answer is needed.' },
    ]);
  });
});
