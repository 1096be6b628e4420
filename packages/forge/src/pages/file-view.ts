import { RepositoryRecord } from '../store/records';
import { encodePath } from '../urls';
import { codeLines } from './code';
import { html, SafeHtml } from './html';
import { pathOf } from './layout';
import { markdown } from './markdown';
import { AtRef } from './support';

/** Bytes up to which a file is shown. */
export const MAX_SHOWN = 1024 * 1024;

/** A file as text, as rendered Markdown or as an image. */
export function fileView(
  repository: RepositoryRecord,
  at: AtRef,
  content: Buffer | undefined,
  rendered: boolean,
): SafeHtml {
  if (!content) {
    return html`<div class="body muted">Too large to show.</div>`;
  }
  if (/\.(png|jpe?g|gif|webp)$/i.test(at.path)) {
    return html`<div class="body">
      <img
        src="${pathOf(repository)}/raw/${encodePath(at.ref)}/${encodePath(
          at.path,
        )}"
        alt="${at.path}"
      />
    </div>`;
  }
  if (content.includes(0)) {
    return html`<div class="body muted">Binary file.</div>`;
  }
  const text = content.toString('utf8');
  if (rendered) {
    return html`<div class="body prose">
      ${markdown(text, {
        repository: pathOf(repository),
        ref: at.ref,
        folder: at.path.split('/').slice(0, -1).join('/'),
      })}
    </div>`;
  }
  return html`<div class="code" tabindex="0">
    <table>
      ${codeLines(text, at.path).map(
        (line, index) => html`<tr id="L${index + 1}">
          <td class="no"><a href="#L${index + 1}">${index + 1}</a></td>
          <td><span class="src">${new SafeHtml(line)}</span></td>
        </tr>`,
      )}
    </table>
  </div>`;
}

/** A number of bytes in words. */
export function size(bytes: number): string {
  return bytes < 1024
    ? `${bytes} bytes`
    : (bytes < 1024 * 1024 && `${(bytes / 1024).toFixed(1)} kB`) ||
        `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
