import { resolve } from 'node:path';
import { templatesCommand } from './command';

const root = resolve(__dirname, '../../../..');

it('cannot test a golden path that is not there', async () => {
  await expect(
    templatesCommand(['test', 'nothing'], {
      root,
      out: () => {},
      progress: () => {},
    }),
  ).rejects.toThrow('There is no golden path nothing');
});
