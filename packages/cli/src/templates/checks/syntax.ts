import { LineCounter, parseAllDocuments } from 'yaml';
import { Files, lineAt, Problem } from '../problem';

/** Helm's own templates are YAML only after Helm has rendered them. */
const HELM_TEMPLATES = /(^|\/)templates\/.*\.ya?ml$/;

/** That every YAML and JSON file can be read by its users. */
export function checkSyntax(files: Files): Problem[] {
  return [...files].flatMap(([file, text]) => {
    if (/\.ya?ml$/.test(file) && !HELM_TEMPLATES.test(file)) {
      return checkYaml(file, text);
    }
    return file.endsWith('.json') ? checkJson(file, text) : [];
  });
}

function checkYaml(file: string, text: string): Problem[] {
  const lineCounter = new LineCounter();
  return parseAllDocuments(text, { lineCounter }).flatMap(
    ({ errors, warnings }) =>
      [...errors, ...warnings].map(({ message, pos }) => ({
        check: 'yaml',
        file,
        line: lineCounter.linePos(pos[0]).line,
        message: message.split('\n')[0],
      })),
  );
}

function checkJson(file: string, text: string): Problem[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    const { message } = error as Error;
    const position = /position (\d+)/.exec(message)?.[1];
    const line = lineAt(text, position ? Number(position) : text.length);
    return [{ check: 'json', file, line, message }];
  }
}
