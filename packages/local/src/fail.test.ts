import { explain, StartError } from './fail';

describe('explain', () => {
  it.each([
    ['a file', { code: 'ENOSPC' }],
    ['a query', { code: '53100', message: 'could not extend file' }],
    [
      'git',
      { message: 'Command failed', stderr: 'fatal: No space left on device' },
    ],
    [
      'a step that has words of its own',
      new StartError('No data folder.', 'initdb: could not write to file "x"'),
    ],
  ])('tells that the disk is full, found out by %s', (_, error) => {
    expect(explain(error)).toMatchObject({
      message: 'The disk is full.',
      advice: expect.stringContaining('start again'),
    });
  });

  it('names what one has no permission for', () => {
    expect(explain({ code: 'EACCES', path: '/srv/waymark' })?.message).toBe(
      'No permission for /srv/waymark.',
    );
  });

  it('leaves words that are clear, and has none for the unknown', () => {
    const clear = new StartError('Port 7007 is taken.', 'Use --port.');
    expect(explain(clear)).toBe(clear);
    expect(explain(new Error('boom'))).toBeUndefined();
    expect(explain(undefined)).toBeUndefined();
  });
});
