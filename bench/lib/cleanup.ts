const pending: (() => Promise<void>)[] = [];

/**
 * Registers what must happen at the end, whatever happens before it.
 *
 * @returns the same work, to be done earlier; it is done once
 */
export function onEnd(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  const once = () => {
    done ??= work().finally(() => {
      pending.splice(pending.indexOf(once), 1);
    });
    return done;
  };
  pending.push(once);
  return once;
}

/**
 * Runs a benchmark to its exit code: 0 reached, 1 missed, 2 could not run. All
 * that was started is ended first, also after a failure or Ctrl-C.
 */
export async function runToExit(work: () => Promise<number>): Promise<void> {
  const interrupted = new Promise<number>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => resolve(130));
    }
  });
  let code = 2;
  try {
    code = await Promise.race([work(), interrupted]);
  } catch (error) {
    const text = error instanceof Error ? error.stack : String(error);
    process.stderr.write(`\n${text}\n`);
  }
  for (const end of [...pending].reverse()) {
    try {
      await end();
    } catch (error) {
      process.stderr.write(`${error}\n`);
      code = 2;
    }
  }
  process.exit(code);
}
