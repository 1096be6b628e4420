import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Asks whoever is at the terminal, beside the result. */
export async function ask(question: string): Promise<string> {
  return withTerminal(process.stderr, terminal => terminal(question));
}

/** The same without showing the answer. */
export async function askSecret(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    return await withTerminal(silent, terminal => terminal(''));
  } finally {
    process.stderr.write('\n');
  }
}

async function withTerminal(
  output: NodeJS.WritableStream,
  work: (question: (text: string) => Promise<string>) => Promise<string>,
): Promise<string> {
  const terminal = createInterface({
    input: process.stdin,
    output,
    terminal: true,
  });
  const stop = new AbortController();
  terminal.once('SIGINT', () => stop.abort());
  // The end of the input (Ctrl-D) answers nothing, for ever.
  terminal.once('close', () => stop.abort());
  try {
    return await work(text => terminal.question(text, { signal: stop.signal }));
  } catch (error) {
    if (stop.signal.aborted) throw new Error('Stopped. Nothing was done.');
    throw error;
  } finally {
    terminal.close();
  }
}
