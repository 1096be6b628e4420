import {
  durationMark,
  durationWords,
  frequencyWords,
  shareWords,
} from './format';

describe('durations', () => {
  it.each([
    [0, '0 seconds', '0'],
    [0.7, '1 second', '1 s'],
    [4.7, '5 seconds', '5 s'],
    [90, '1.5 minutes', '1.5 min'],
    [3_600, '1 hour', '1 h'],
    [40_000, '11 hours', '11 h'],
    [216_000, '2.5 days', '2.5 d'],
  ])('%p seconds', (seconds, words, mark) => {
    expect(durationWords(seconds)).toBe(words);
    expect(durationMark(seconds)).toBe(mark);
  });
});

describe('frequencyWords', () => {
  it.each([
    [12.4, '12 a day'],
    [1, '1 a day'],
    [0.5, '3.5 a week'],
    [0.1, '3 in 30 days'],
  ])('%p a day', (perDay, words) => expect(frequencyWords(perDay)).toBe(words));
});

describe('shareWords', () => {
  it.each([
    [0.056, '5.6\u00a0%'],
    [0.25, '25\u00a0%'],
    [1, '100\u00a0%'],
  ])('%p', (share, words) => expect(shareWords(share)).toBe(words));
});
