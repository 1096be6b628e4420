import { isMap, isScalar, LineCounter, parseDocument, YAMLMap } from 'yaml';
import { Files, lineAt, Problem } from '../problem';

const WORKFLOW = /^\.github\/workflows\/.*\.ya?ml$/;
/** An action by its release, or the platform's own workflow by its branch. */
const PINNED =
  /^(\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+|\S+\/platform\/\.github\/workflows\/\S+@[0-9a-f]{40} # main)$/;
const LOCAL = /^\.\//;

/** Pinned actions, least rights, and an end to every job. */
export function checkWorkflows(files: Files): Problem[] {
  return [...files]
    .filter(([file]) => WORKFLOW.test(file))
    .flatMap(([file, text]) => checkWorkflow(file, text));
}

/** The same for one workflow, wherever it lies. */
export function checkWorkflow(file: string, text: string): Problem[] {
  return [...pins(file, text), ...jobs(file, text)];
}

function pins(file: string, text: string): Problem[] {
  return [...text.matchAll(/\buses: *(.+)$/gm)]
    .filter(([, action]) => !PINNED.test(action) && !LOCAL.test(action))
    .map(({ index, 1: action }) => ({
      check: 'pinned-actions',
      file,
      line: lineAt(text, index),
      message: `${action} is not pinned by digest with its version beside it`,
    }));
}

function jobs(file: string, text: string): Problem[] {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const problems: Problem[] = [];
  const say = (check: string, offset: number, message: string) =>
    problems.push({
      check,
      file,
      line: lineCounter.linePos(offset).line,
      message,
    });
  const rights = document.get('permissions');
  if (!isMap(rights) || rights.items.length > 0) {
    say('least-rights', 0, 'rights are given to every job: permissions: {}');
  }
  const all = document.get('jobs');
  if (!isMap(all)) return problems;
  for (const { key, value } of all.items) {
    if (!isScalar(key) || !isMap(value)) continue;
    const job: YAMLMap = value;
    const at = key.range?.[0] ?? 0;
    if (!job.has('permissions')) {
      say('least-rights', at, `job ${key.value} does not say its rights`);
    }
    // A job that calls a reusable workflow takes no time limit of its own.
    if (!job.has('timeout-minutes') && !job.has('uses')) {
      say('time-limit', at, `job ${key.value} has no time limit`);
    }
  }
  return problems;
}
