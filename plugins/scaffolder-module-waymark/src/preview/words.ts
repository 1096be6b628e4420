const UNITS = ['bytes', 'kB', 'MB'];

/** A size in bytes, as people say it. */
export function sizeInWords(bytes: number): string {
  if (bytes === 1) return '1 byte';
  let [size, unit] = [bytes, 0];
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && size < 10 ? 1 : 0;
  return `${size.toFixed(digits)} ${UNITS[unit]}`;
}

/** A number of things, as people say it. */
export function countInWords(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

const BY_NAME: Record<string, string> = {
  Dockerfile: 'dockerfile',
  Makefile: 'makefile',
  Tiltfile: 'python',
  'go.mod': 'go',
};
const BY_ENDING: Record<string, string> = {
  css: 'css',
  go: 'go',
  gradle: 'gradle',
  html: 'xml',
  ini: 'ini',
  java: 'java',
  js: 'javascript',
  json: 'json',
  kt: 'kotlin',
  md: 'markdown',
  mjs: 'javascript',
  mk: 'makefile',
  properties: 'properties',
  proto: 'protobuf',
  py: 'python',
  sh: 'bash',
  sql: 'sql',
  toml: 'ini',
  ts: 'typescript',
  tsx: 'typescript',
  xml: 'xml',
  yaml: 'yaml',
  yml: 'yaml',
};

/** What highlight.js calls the language of a file; text where it has none. */
export function languageOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const ending = name.slice(name.lastIndexOf('.') + 1);
  return BY_NAME[name] ?? BY_ENDING[ending] ?? 'text';
}
