import { fork } from 'node:child_process';
import { join } from 'node:path';
import { onEnd } from './cleanup';
import { cleanEnvironment } from './environment';
import { root } from './paths';

/** Runs a part of a benchmark in a process of its own, whose memory is its own. */
export function step(
  file: string,
  variables: Record<string, string>,
): Promise<unknown> {
  const child = fork(join(root, 'bench', file), {
    execArgv: [
      '--require',
      join(root, 'node_modules/@backstage/cli/config/nodeTransform.cjs'),
    ],
    env: cleanEnvironment(variables),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const end = onEnd(async () => {
    child.kill();
  });
  return new Promise((done, fail) => {
    let answer: unknown;
    child.on('message', message => {
      // A backend that is started in a step has news, too.
      const { result } = message as { result?: unknown };
      answer = result ?? answer;
    });
    child.once('error', fail);
    child.once('exit', code => {
      end().then(() => {
        if (code === 0 && answer) done(answer);
        else fail(new Error(`${file} ended with exit code ${code}`));
      }, fail);
    });
  });
}

/** Does such a part, and hands its result to the process that measures. */
export function runStep(work: () => Promise<object>): void {
  work().then(
    result => process.send!({ result }, () => process.exit(0)),
    error => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
}
