import { html, SafeHtml } from './html';

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** "3 days ago", counted from `nowMs`. */
export function ago(iso: string, nowMs: number): string {
  const seconds = (Date.parse(iso) - nowMs) / 1000;
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) {
      return relative.format(Math.round(seconds / size), unit);
    }
  }
  return 'just now';
}

/** A moment: how long ago it was, and exactly when on hovering. */
export function time(iso: string): SafeHtml {
  const exact = `${iso.slice(0, 16).replace('T', ' ')}${
    iso.endsWith('Z') ? ' UTC' : iso.slice(19).replace(/^\.\d+Z$/, ' UTC')
  }`;
  return html`<time datetime="${iso}" title="${exact}"
    >${ago(iso, Date.now())}</time
  >`;
}
