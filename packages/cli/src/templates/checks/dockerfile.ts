import { Files, Problem } from '../problem';

interface Instruction {
  name: string;
  rest: string;
  line: number;
}

/** Images that a build may name without a digest: stages and the empty one. */
const EMPTY = 'scratch';

/** That images are pinned, built from known files and not run by root. */
export function checkDockerfiles(files: Files): Problem[] {
  return [...files]
    .filter(([file]) => /(^|\/)Dockerfile(\.[\w-]+)?$/.test(file))
    .flatMap(([file, text]) => checkDockerfile(file, text));
}

function checkDockerfile(file: string, text: string): Problem[] {
  const problems: Problem[] = [];
  const say = (line: number, message: string) =>
    problems.push({ check: 'dockerfile', file, line, message });
  const stages = new Set<string>();
  let last: Instruction | undefined;
  let user: Instruction | undefined;
  for (const instruction of instructions(text)) {
    const { name, rest, line } = instruction;
    if (name === 'FROM') {
      const [image, , stage] = rest.replace(/^--\S+ +/, '').split(/ +/);
      if (image !== EMPTY && !stages.has(image) && !isPinned(image)) {
        say(line, `${image} is not pinned: give a full version or a digest`);
      }
      if (stage) stages.add(stage);
      last = instruction;
      user = undefined;
    }
    if (name === 'USER') user = instruction;
    if (name === 'ADD') say(line, 'ADD fetches and unpacks: use COPY');
    if (name === 'COPY' && /^\.\/? +/.test(rest)) {
      say(line, 'COPY takes the whole folder: name what the image needs');
    }
    if ((name === 'CMD' || name === 'ENTRYPOINT') && !rest.startsWith('[')) {
      say(line, `${name} runs a shell, which takes the signals: use a list`);
    }
  }
  if (!last) say(1, 'there is no FROM');
  else if (!user) say(last.line, 'the image runs as root: end with a USER');
  else if (!/^[1-9]\d*(:\d+)?$/.test(user.rest)) {
    say(user.line, 'USER is no number that Kubernetes can tell from root');
  }
  return problems;
}

/** By digest, or by a tag that says major, minor and patch. */
function isPinned(image: string): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(image) || /:v?\d+\.\d+\.\d+/.test(image);
}

function instructions(text: string): Instruction[] {
  const found: Instruction[] = [];
  let continued = false;
  text.split('\n').forEach((content, index) => {
    const trimmed = content.trim();
    if (trimmed === '' || trimmed.startsWith('#')) return;
    const match = /^([A-Za-z]+)\s+(.*)$/.exec(trimmed);
    if (match && !continued) {
      found.push({
        name: match[1].toUpperCase(),
        rest: match[2],
        line: index + 1,
      });
    }
    continued = trimmed.endsWith('\\');
  });
  return found;
}
