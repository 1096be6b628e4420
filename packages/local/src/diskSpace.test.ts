import { tmpdir } from 'node:os';
import { assertDiskSpace } from './diskSpace';

describe('assertDiskSpace', () => {
  it('lets a run begin where there is room', async () => {
    await expect(assertDiskSpace(tmpdir(), 1)).resolves.toBeUndefined();
  });

  it('says what is free, what is needed and what to do', async () => {
    await expect(
      assertDiskSpace(tmpdir(), Number.MAX_SAFE_INTEGER),
    ).rejects.toMatchObject({
      message: expect.stringMatching(/^The disk is full: \d+ MiB are free for/),
      advice: expect.stringMatching(/at least \d+ MiB.*WAYMARK_STATE/),
    });
  });
});
