const TIMEOUT_MS = 10_000;

/** What a portal said. */
export interface Download {
  status: number;
  text: string;
}

/**
 * Reads an address with the token of the environment. No error repeats it.
 *
 * @throws Error in words for whoever runs the command
 */
export async function download(
  url: URL,
  token: string | undefined,
): Promise<Download> {
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (token && url.protocol !== 'https:' && !isLocal) {
    throw new Error('WAYMARK_TOKEN is sent by https only');
  }
  // fetch would say which header it cannot send, and with it the token.
  if (token && !/^[\x21-\x7e]+$/.test(token)) {
    throw new Error('WAYMARK_TOKEN holds what no token does, such as a space');
  }
  try {
    const response = await fetch(url, {
      headers: token ? { authorization: `Bearer ${token}` } : {},
      // A redirect would carry the token to somewhere else.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw new Error(wordsOf(error as Error & { cause?: Error }));
  }
}

/** The token of the environment; what a shell or a secret adds is taken away. */
export function tokenOf(env: NodeJS.ProcessEnv): string | undefined {
  return env.WAYMARK_TOKEN?.trim() || undefined;
}

function wordsOf({ name, message, cause }: Error & { cause?: Error }): string {
  if (name === 'TimeoutError') {
    return `it took longer than ${TIMEOUT_MS / 1000} s`;
  }
  return cause?.message || message;
}
