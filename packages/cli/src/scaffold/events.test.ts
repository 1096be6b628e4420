import { PortalClient } from '../portal/PortalClient';
import { PortalError } from '../portal/words';
import { Progress } from './Progress';
import { serverSentEvents, TaskEvent, taskEvents } from './events';

const stream = (...chunks: string[]) =>
  new Response(
    new ReadableStream({
      start(controller) {
        for (const chunk of chunks) {
          controller.enqueue(new TextEncoder().encode(chunk));
        }
        controller.close();
      },
    }),
  );

const event = (id: number, type: string, body: object) =>
  `event: ${type}\ndata: ${JSON.stringify({ id, type, body })}\n\n`;

describe('the events of a task', () => {
  it('are read however they are cut', async () => {
    const text =
      'data: {"a":\ndata: 1}\n\n: ping\n\nevent: x\r\ndata: ü\r\n\r\n';
    for (const at of [1, 7, 20, text.length - 3]) {
      const read: string[] = [];
      const cut = stream(text.slice(0, at), text.slice(at));
      for await (const data of serverSentEvents(cut)) read.push(data);
      expect(read).toEqual(['{"a":\n1}', 'ü']);
    }
  });

  it('go on where the connection was lost, up to the end', async () => {
    const asked: string[] = [];
    const answers = [
      () => stream(event(1, 'log', { message: 'one' })),
      () => {
        throw new PortalError('starting', 503);
      },
      () =>
        stream(
          event(1, 'log', { message: 'one' }),
          event(2, 'completion', { message: 'with status: completed' }),
          event(3, 'log', { message: 'never' }),
        ),
    ];
    const client = {
      stream: async (path: string) => {
        asked.push(path.replace(/.*eventstream/, ''));
        return answers.shift()!();
      },
    } as unknown as PortalClient;
    const read: TaskEvent[] = [];
    const { signal } = new AbortController();
    for await (const one of taskEvents(client, 't', signal)) read.push(one);
    expect(read.map(({ id }) => id)).toEqual([1, 2]);
    expect(asked).toEqual(['', '?after=1', '?after=1']);
  });

  it('tell of steps, and of the one that failed without its stack', () => {
    const notes: string[] = [];
    const steps = [
      { id: 'a', name: 'First' },
      { id: 'b', name: 'Second' },
      { id: 'c', name: 'Third' },
    ];
    const progress = new Progress(steps, {
      note: text => notes.push(text),
      paint: (_style, text) => text,
      all: false,
    });
    const tell = (
      seconds: number,
      stepId: string,
      status: string,
      message = '',
    ) =>
      progress.tell({
        id: 1,
        type: 'log',
        createdAt: new Date(seconds * 1000).toISOString(),
        body: { message, stepId, status },
      } as TaskEvent);
    tell(1, 'a', 'processing');
    tell(2.5, 'a', 'completed');
    tell(3, 'b', 'skipped');
    tell(4, 'c', 'processing');
    tell(
      5,
      'c',
      'failed',
      'Error: No\u001b[31m repository\n    at there (x.js:1)',
    );
    expect(notes.join('')).toBe(
      '✓ 1/3 First (1.5 s)\n- 2/3 Second, not needed\n✗ 3/3 Third (1.0 s)\n',
    );
    expect(progress.failure).toEqual({
      step: 'Third',
      reason: 'No repository',
    });
  });
});
