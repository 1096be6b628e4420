import { mockServices } from '@backstage/backend-test-utils';
import { followEvents } from './followEvents';
import { WorkStore } from './WorkStore';

describe('followEvents', () => {
  const events = mockServices.events();
  const want = jest.fn();
  const wake = jest.fn();

  beforeAll(() => followEvents(events, { want } as unknown as WorkStore, wake));
  beforeEach(() => {
    want.mockReset().mockResolvedValue([7]);
    wake.mockReset().mockResolvedValue(undefined);
  });
  const publish = (payload: object, topic = 'github.push') =>
    events.publish({
      topic,
      eventPayload: {
        repository: {
          html_url: 'https://git.example/Tidewater/Basket',
          default_branch: 'main',
        },
        ...payload,
      },
    });

  it.each([
    ['the default branch', 'main', true],
    ['another', 'feature/x', false],
  ])('asks for components of %s and begins', async (_, name, isDefault) => {
    await publish({ ref: `refs/heads/${name}` });
    expect(want.mock.calls).toEqual([
      [
        {
          repository: 'git.example/tidewater/basket',
          branch: { name, isDefault },
        },
        { collect: true, urgent: true },
      ],
    ]);
    expect(wake).toHaveBeenCalledWith([7]);
  });

  it('asks for all of a repository whose settings changed', async () => {
    await publish({}, 'github.branch_protection_rule');
    expect(want.mock.calls[0][0]).toEqual({
      repository: 'git.example/tidewater/basket',
    });
  });

  it.each([
    ['a tag', { ref: 'refs/tags/v1' }],
    ['no repository', { repository: { html_url: 'https://git.example/%' } }],
    ['what is no address', { repository: { html_url: 'x' } }],
    ['nothing', { repository: null }],
  ])('leaves out %s', async (_, payload) => {
    await publish(payload);
    expect(want).not.toHaveBeenCalled();
  });

  it('looks again when the catalog has had time to read the entity', async () => {
    jest.useFakeTimers();
    try {
      const pushed = { ref: 'refs/heads/main' };
      const push = (path: string) =>
        publish({ ...pushed, commits: [{ modified: [path] }] });
      await push('docs/catalog-info.md');
      await jest.advanceTimersByTimeAsync(20_000);
      expect(want).toHaveBeenCalledTimes(1);
      await push('catalog-info.yaml');
      await jest.advanceTimersByTimeAsync(20_000);
      expect(want).toHaveBeenCalledTimes(5);
      want.mockResolvedValue([]);
      await push('catalog-info.yaml');
      await jest.advanceTimersByTimeAsync(20_000);
      expect(want).toHaveBeenCalledTimes(6);
    } finally {
      jest.useRealTimers();
    }
  });
});
