import { FileChange } from '../git/diff';
import { html, SafeHtml } from './html';

const MAX_LINES = 3000;

interface Line {
  kind: 'add' | 'del' | 'same' | 'hunk';
  before?: number;
  after?: number;
  text: string;
}

/** Reads the hunks of one file. */
export function diffLines(patch: string): Line[] {
  let before = 0;
  let after = 0;
  const lines: Line[] = [];
  for (const line of patch.split('\n')) {
    const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line);
    const text = line.slice(1);
    if (hunk) {
      before = Number(hunk[1]);
      after = Number(hunk[2]);
      lines.push({ kind: 'hunk', text: line });
    } else if (line.startsWith('+')) {
      lines.push({ kind: 'add', after, text });
      after += 1;
    } else if (line.startsWith('-')) {
      lines.push({ kind: 'del', before, text });
      before += 1;
    } else if (line.startsWith(' ')) {
      lines.push({ kind: 'same', before, after, text });
      before += 1;
      after += 1;
    } else {
      lines.push({ kind: 'hunk', text: line });
    }
  }
  return lines;
}

function row(line: Line): SafeHtml {
  const sign = { add: '+', del: '-', same: ' ', hunk: '' }[line.kind];
  return line.kind === 'hunk'
    ? html`<tr class="hunk">
        <td class="no"></td>
        <td class="no"></td>
        <td class="sign"></td>
        <td><span class="src">${line.text}</span></td>
      </tr>`
    : html`<tr class="${line.kind}">
        <td class="no">${line.before}</td>
        <td class="no">${line.after}</td>
        <td class="sign">${sign}</td>
        <td><span class="src">${line.text}</span></td>
      </tr>`;
}

function content(file: FileChange): SafeHtml {
  if (file.patch === undefined) {
    const reason = file.binary
      ? 'Binary file.'
      : (file.additions + file.deletions > 0 && 'Too large to show.') ||
        'No change in the text.';
    return html`<div class="body muted">${reason}</div>`;
  }
  const lines = diffLines(file.patch);
  return html`<div class="code diff" tabindex="0">
      <table>
        ${lines.slice(0, MAX_LINES).map(row)}
      </table>
    </div>
    ${lines.length > MAX_LINES &&
    html`<div class="body muted">
      ${lines.length - MAX_LINES} more lines are not shown.
    </div>`}`;
}

/** Every file of a change with its hunks. */
export function diffView(
  files: readonly FileChange[],
  link: (path: string) => string,
): SafeHtml {
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return html`<section class="stack" aria-label="Changed files">
    <h2>
      ${files.length} changed ${files.length === 1 ? 'file' : 'files'}
      <span class="small"
        ><span class="plus">+${additions}</span>
        <span class="minus">−${deletions}</span></span
      >
    </h2>
    ${files.map(
      file => html`<article class="card">
        <div class="head">
          <span class="mono">
            ${file.previousPath &&
            html`${file.previousPath} → `}${file.status === 'removed'
              ? file.path
              : html`<a href="${link(file.path)}">${file.path}</a>`}
          </span>
          ${file.status !== 'modified' &&
          html`<span class="tag">${file.status}</span>`}
          <span class="end small"
            ><span class="plus">+${file.additions}</span>
            <span class="minus">−${file.deletions}</span></span
          >
        </div>
        ${content(file)}
      </article>`,
    )}
  </section>`;
}
