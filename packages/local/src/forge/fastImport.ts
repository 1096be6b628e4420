import { SampleCommit, SampleRepository } from '../sample';

/** Writes a repository's history in the language of `git fast-import`. */
export function toFastImport(repository: SampleRepository): Buffer {
  return Buffer.concat(
    repository.commits.map((commit, index) =>
      toCommit(commit, repository.defaultBranch, index),
    ),
  );
}

function toCommit(commit: SampleCommit, branch: string, index: number): Buffer {
  const { name, email } = commit.author;
  const seconds = Math.floor(Date.parse(commit.date) / 1000);
  const who = `${name} <${email}> ${seconds} +0000`;
  return Buffer.concat([
    Buffer.from(`commit refs/heads/${branch}\nmark :${index + 1}\n`),
    Buffer.from(`author ${who}\ncommitter ${who}\n`),
    toData(commit.message),
    Buffer.from(index > 0 ? `from :${index}\n` : ''),
    ...Object.entries(commit.files).flatMap(([path, content]) => [
      Buffer.from(`M 100644 inline ${quote(path)}\n`),
      toData(content),
    ]),
  ]);
}

function toData(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([
    Buffer.from(`data ${bytes.length}\n`),
    bytes,
    Buffer.from('\n'),
  ]);
}

function quote(path: string): string {
  return JSON.stringify(path);
}
