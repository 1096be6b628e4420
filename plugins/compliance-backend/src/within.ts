/**
 * What some work comes to, unless its time is over before.
 *
 * @param signal - ends it earlier; also told to the work
 * @throws DOMException named TimeoutError or AbortError
 */
export async function within<T>(
  milliseconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const end = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
  end.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    end.addEventListener('abort', () => reject(end.reason), { once: true });
    work(end).then(resolve, reject);
  });
}
