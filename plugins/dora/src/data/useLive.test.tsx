import { PropsWithChildren } from 'react';
import { act, renderHook, waitFor } from '@testing-library/react';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { SignalApi, signalApiRef } from '@backstage/plugin-signals-react';
import { useLive } from './useLive';

/** Follows a value that the test answers, and is told by the test. */
function follow() {
  const heard = new Map<string, (message: object) => void>();
  const signals = {
    subscribe: (channel: string, onMessage: (message: object) => void) => {
      heard.set(channel, onMessage);
      return { unsubscribe: () => heard.delete(channel) };
    },
  } as SignalApi;
  const answers: ((value: string) => void)[] = [];
  const load = () => new Promise<string>(resolve => answers.push(resolve));
  const wrapper = ({ children }: PropsWithChildren) => (
    <TestApiProvider apis={[[signalApiRef, signals]]}>
      {children}
    </TestApiProvider>
  );
  const { result, unmount } = renderHook(() => useLive(load, 'key'), {
    wrapper,
  });
  return {
    asked: () => answers.length,
    answer: (value: string) => act(async () => answers.at(-1)!(value)),
    tell: () => act(async () => heard.get('dora:changed')!({})),
    result,
    unmount,
  };
}

const setHidden = (hidden: boolean) =>
  Object.defineProperty(document, 'hidden', {
    configurable: true,
    value: hidden,
  });

describe('useLive', () => {
  afterEach(() => setHidden(false));

  it('loads again when it is told, and keeps what it has meanwhile', async () => {
    const live = follow();
    await live.answer('one');
    expect(live.result.current).toMatchObject({ value: 'one', loading: false });
    await live.tell();
    expect(live.result.current).toMatchObject({ value: 'one', loading: true });
    await live.answer('two');
    expect(live.result.current).toMatchObject({ value: 'two', loading: false });
  });

  it('shows each answer of a burst, and asks once more at its end', async () => {
    const live = follow();
    await live.tell();
    await live.tell();
    expect(live.asked()).toBe(1);
    await live.answer('one');
    expect(live.result.current.value).toBe('one');
    expect(live.asked()).toBe(2);
    await live.answer('two');
    expect(live.result.current).toMatchObject({ value: 'two', loading: false });
    expect(live.asked()).toBe(2);
  });

  it('waits while nobody looks', async () => {
    const live = follow();
    await live.answer('one');
    setHidden(true);
    await live.tell();
    expect(live.asked()).toBe(1);
    setHidden(false);
    await act(async () => {
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await waitFor(() => expect(live.asked()).toBe(2));
  });

  it('asks no more when it is gone', async () => {
    const live = follow();
    await live.tell();
    live.unmount();
    await live.answer('one');
    expect(live.asked()).toBe(1);
  });
});
