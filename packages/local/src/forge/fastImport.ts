import { SampleCommit, SampleRepository } from '../sample';

/** Writes a repository's history in the language of `git fast-import`. */
export function toFastImport(repository: SampleRepository): Buffer {
  return Buffer.concat(
    repository.commits.map((commit, index) =>
      toCommit(commit, repository.defaultBranch, index),
    ),
  );
}

/** A commit whose files are all there is, whatever was there before. */
export interface Snapshot {
  branch: string;
  message: string;
  author: { name: string; email: string };
  date: Date;
  /** Commit to go on from, already in the repository. */
  parent?: string;
  files: { path: string; content: Buffer; executable: boolean }[];
}

/** Writes one commit in the language of `git fast-import`. */
export function toSnapshotImport(snapshot: Snapshot): Buffer {
  const { branch, message, author, date, parent, files } = snapshot;
  return Buffer.concat([
    toHead({ branch, message, author, date }),
    Buffer.from(parent ? `from ${parent}\n` : ''),
    Buffer.from('deleteall\n'),
    ...files.flatMap(({ path, content, executable }) => [
      toFile(path, executable),
      toData(content),
    ]),
  ]);
}

function toCommit(commit: SampleCommit, branch: string, index: number): Buffer {
  const { parents = index > 0 ? [index - 1] : [] } = commit;
  return Buffer.concat([
    toHead({
      ...commit,
      branch,
      mark: index + 1,
      date: new Date(commit.date),
    }),
    Buffer.from(
      parents
        .map((parent, nth) => `${nth ? 'merge' : 'from'} :${parent + 1}\n`)
        .join(''),
    ),
    ...Object.entries(commit.files).flatMap(([path, content]) => [
      toFile(path, false),
      toData(Buffer.from(content)),
    ]),
  ]);
}

function toHead(commit: {
  branch: string;
  message: string;
  author: { name: string; email: string };
  date: Date;
  mark?: number;
}): Buffer {
  const { branch, message, author, date, mark } = commit;
  const seconds = Math.floor(date.getTime() / 1000);
  const who = `${author.name} <${author.email}> ${seconds} +0000`;
  return Buffer.concat([
    Buffer.from(
      `commit refs/heads/${branch}\n${mark ? `mark :${mark}\n` : ''}`,
    ),
    Buffer.from(`author ${who}\ncommitter ${who}\n`),
    toData(Buffer.from(message)),
  ]);
}

function toFile(path: string, executable: boolean): Buffer {
  const mode = executable ? '100755' : '100644';
  return Buffer.from(`M ${mode} inline ${JSON.stringify(path)}\n`);
}

function toData(bytes: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`data ${bytes.length}\n`),
    bytes,
    Buffer.from('\n'),
  ]);
}
