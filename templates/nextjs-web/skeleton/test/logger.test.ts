import { afterEach, expect, it } from 'vitest';
import { captureConsole, createLogger } from '@/server/logger';

const original = { ...console };
afterEach(() => {
  Object.assign(console, original);
});

function captured() {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger('debug', () => ({ request_id: 'r-1' }), {
    write: line => void lines.push(JSON.parse(line)),
  });
  captureConsole(logger);
  return lines;
}

it('turns what is written to the console into JSON, one line each', () => {
  const lines = captured();
  const { error, log } = console;
  log('\u001b[1m✓\u001b[0m Ready\nin %d ms', 12);
  error('it broke:', new TypeError('no such thing'));
  error('');
  error('\u001b[31m⨯\u001b[0m', Object.assign(new Error(), { digest: '1' }));
  expect(lines).toMatchObject([
    { level: 'debug', msg: '✓ Ready\nin 12 ms', request_id: 'r-1' },
    {
      level: 'error',
      msg: 'it broke:',
      err: { type: 'TypeError', message: 'no such thing' },
    },
  ]);
});
