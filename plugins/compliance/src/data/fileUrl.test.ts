import { entity, reportOf } from '../__testUtils__/facts';
import { fileUrl, folderOf } from './fileUrl';

describe('fileUrl', () => {
  it.each([
    [
      'https://github.com/acme/shop',
      'a b.ts',
      3,
      'https://github.com/acme/shop/blob/HEAD/a%20b.ts#L3',
    ],
    [
      'http://localhost:7300/acme/shop/tree/main/',
      'x/y.yaml',
      undefined,
      'http://localhost:7300/acme/shop/blob/main/x/y.yaml',
    ],
    [
      'https://ghe.acme.example/acme/mono/tree/trunk/services/shop/',
      'y',
      1,
      'https://ghe.acme.example/acme/mono/blob/trunk/services/shop/y#L1',
    ],
    [
      'https://gitlab.com/acme/group/shop/-/tree/main/',
      'y',
      1,
      'https://gitlab.com/acme/group/shop/-/blob/main/y#L1',
    ],
    ['data:text/html,hello', 'y', 1, undefined],
  ])('in %s, %s line %p is %s', (folder, file, line, url) => {
    expect(fileUrl(folder, file, line)).toBe(url);
  });
});

describe('folderOf', () => {
  it('is where the files were read, or else what the catalog says', () => {
    expect(folderOf(entity, reportOf())).toBe(
      'http://git.example/acme/basket/tree/main/',
    );
    const annotations = {
      'backstage.io/source-location': 'url:https://github.com/acme/shop/',
    };
    const report = reportOf({ origins: [] });
    expect(
      folderOf({ ...entity, metadata: { name: 'x', annotations } }, report),
    ).toBe('https://github.com/acme/shop/');
    expect(folderOf(entity, report)).toBeUndefined();
  });
});
