/** Somebody's name at a moment, as git stores it. */
export interface Signature {
  name: string;
  email: string;
  /** ISO 8601 with the offset the author had. */
  date: string;
}

/** A commit object. */
export interface Commit {
  sha: string;
  tree: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
  /** The armoured signature when there is one. */
  signature: string | null;
}

const UNKNOWN: Signature = {
  name: '',
  email: '',
  date: '1970-01-01T00:00:00Z',
};

/** First line of a message. */
export function headline(message: string): string {
  return message.split('\n', 1)[0];
}

/** Reads the text of a commit object. */
export function parseCommit(sha: string, raw: string): Commit {
  const end = raw.indexOf('\n\n');
  const head = end < 0 ? raw : raw.slice(0, end);
  const commit: Commit = {
    sha,
    tree: '',
    parents: [],
    author: UNKNOWN,
    committer: UNKNOWN,
    message: (end < 0 ? '' : raw.slice(end + 2)).replace(/\n+$/, ''),
    signature: null,
  };
  // A line that begins with a space goes on with the field before it.
  for (const field of head.split(/\n(?! )/)) {
    const space = field.indexOf(' ');
    const name = field.slice(0, space);
    const value = field.slice(space + 1);
    if (name === 'tree') {
      commit.tree = value;
    } else if (name === 'parent') {
      commit.parents.push(value);
    } else if (name === 'author') {
      commit.author = parseSignature(value);
    } else if (name === 'committer') {
      commit.committer = parseSignature(value);
    } else if (name === 'gpgsig') {
      commit.signature = value.replace(/\n /g, '\n');
    }
  }
  return commit;
}

function parseSignature(value: string): Signature {
  const match = /^(.*?) ?<([^>]*)> (-?\d+) ([+-]\d{4})$/s.exec(value);
  if (!match) {
    return { ...UNKNOWN, name: value };
  }
  return {
    name: match[1],
    email: match[2],
    date: isoDate(Number(match[3]), match[4]),
  };
}

function isoDate(seconds: number, zone: string): string {
  const sign = zone[0] === '-' ? -1 : 1;
  const minutes =
    sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5)));
  const local = new Date((seconds + minutes * 60) * 1000);
  if (Number.isNaN(local.getTime())) {
    return UNKNOWN.date;
  }
  const text = local.toISOString().slice(0, 19);
  return minutes === 0
    ? `${text}Z`
    : `${text}${zone.slice(0, 3)}:${zone.slice(3)}`;
}

/** Text of a commit object, for `git hash-object -t commit`. */
export function formatCommit(commit: {
  tree: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
  signature?: string;
}): string {
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map(parent => `parent ${parent}`),
    `author ${formatSignature(commit.author)}`,
    `committer ${formatSignature(commit.committer)}`,
  ];
  if (commit.signature) {
    lines.push(`gpgsig ${commit.signature.trim().replace(/\n/g, '\n ')}`);
  }
  const message = commit.message.replace(/\0/g, '').replace(/\n*$/, '\n');
  return `${lines.join('\n')}\n\n${message}`;
}

function formatSignature({ name, email, date }: Signature): string {
  const millis = Date.parse(date);
  const seconds = Number.isNaN(millis) ? 0 : Math.floor(millis / 1000);
  const zone = /([+-]\d{2}):?(\d{2})$/.exec(date);
  const offset = zone ? `${zone[1]}${zone[2]}` : '+0000';
  return `${plain(name) || 'unknown'} <${plain(email)}> ${seconds} ${offset}`;
}

function plain(text: string): string {
  return text.replace(/[<>\n\r\0]/g, '').trim();
}
