import { ObservationOf } from '@waymark/backstage-plugin-dora-node';
import { at, REPOSITORY, sha } from '../../__testUtils__/github';
import { Lines } from './Lines';

type Push = ObservationOf<'push'>;
let minute = 0;

const push = (
  ref: string,
  before: number | undefined,
  commits: number[],
  more: Partial<Push> = {},
): Push => ({
  kind: 'push',
  source: 'github',
  repository: REPOSITORY,
  ref: `refs/heads/${ref}`,
  ...(before !== undefined && { before: sha(before) }),
  after: sha(commits.at(-1) ?? before ?? 0),
  forced: false,
  at: at((minute += 1)),
  defaultBranch: 'main',
  commits: commits.map(n => ({
    sha: sha(n),
    at: at(0),
    title: '',
    author: '',
    authorIsBot: false,
  })),
  ...more,
});
const ancestry = (of: number, ancestor: number) => ({
  kind: 'ancestry' as const,
  repository: REPOSITORY,
  sha: sha(of),
  ancestor: sha(ancestor),
});
/** The commits of these that one has. */
const has = (lines: Lines, deployed: number, ...merged: number[]) =>
  merged.filter(one => lines.contains(sha(deployed), sha(one)));

describe('Lines', () => {
  it('goes back along a branch, push by push', () => {
    const pushes = [
      push('main', undefined, [1]),
      push('main', 1, [2, 3]),
      push('main', 3, [4]),
    ];
    for (const order of [pushes, [...pushes].reverse()]) {
      const lines = new Lines(order, []);
      expect(has(lines, 4, 1, 2, 3, 4)).toEqual([1, 2, 3, 4]);
      expect(has(lines, 2, 1, 2, 3, 4)).toEqual([1, 2]);
      expect(has(lines, 9, 1, 9)).toEqual([9]);
    }
  });

  it('goes on from a branch to where it left another, and stops there', () => {
    const lines = new Lines(
      [
        push('main', undefined, [1, 2]),
        push('release', undefined, [], { after: sha(2) }),
        push('main', 2, [3]),
        push('release', 2, [10]),
        push('main', 3, [4, 10]),
      ],
      [],
    );
    expect(has(lines, 10, 1, 2)).toEqual([1, 2]);
    expect(has(lines, 4, 1, 2, 3, 10)).toEqual([1, 2, 3]);
  });

  it('keeps a merge apart from what came to its branch later', () => {
    const lines = new Lines(
      [
        push('main', undefined, [1]),
        push('feature', undefined, [20, 21]),
        push('main', 1, [20, 21, 2]),
        push('feature', 21, [22]),
      ],
      [],
    );
    expect(has(lines, 2, 20, 21, 22)).toEqual([20, 21]);
  });

  it('begins anew after a forced push, as far as nobody was asked', () => {
    const pushes = [
      push('main', undefined, [1, 2, 3]),
      push('main', 3, [12, 13], { forced: true }),
      push('main', 13, [14]),
    ];
    expect(has(new Lines(pushes, []), 14, 1, 2, 3, 12, 13)).toEqual([12, 13]);
    const asked = new Lines(pushes, [ancestry(12, 1)]);
    expect(has(asked, 14, 1, 2, 3, 12, 13)).toEqual([1, 12, 13]);
    expect(has(asked, 3, 1, 2, 12)).toEqual([1, 2]);
  });

  it('goes on where pushes are missing, and where only an answer is known', () => {
    const lines = new Lines(
      [push('main', undefined, [1]), push('main', 5, [6])],
      [ancestry(30, 6)],
    );
    expect(has(lines, 6, 1, 5)).toEqual([1]);
    expect(has(lines, 30, 1, 6)).toEqual([1, 6]);
  });

  it('survives a branch that went round in a circle', () => {
    const lines = new Lines(
      [push('main', 2, [1]), push('main', 1, [2]), push('main', 1, [3])],
      [],
    );
    expect(has(lines, 3, 1)).toEqual([1]);
    expect(has(lines, 1, 3)).toEqual([]);
  });
});
