/** Text that is HTML already. Everything else is escaped. */
export class SafeHtml {
  constructor(readonly text: string) {}
}

/** What may stand in a template. Null, undefined and false leave nothing. */
export type HtmlValue =
  | string
  | number
  | null
  | undefined
  | false
  | SafeHtml
  | HtmlValue[];

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, char => ENTITIES[char]);
}

function render(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) {
    return '';
  }
  if (value instanceof SafeHtml) {
    return value.text;
  }
  return Array.isArray(value)
    ? value.map(render).join('')
    : escapeHtml(String(value));
}

/** A piece of HTML; what is put in is escaped. */
export function html(
  strings: TemplateStringsArray,
  ...values: HtmlValue[]
): SafeHtml {
  return new SafeHtml(
    strings.reduce(
      (text, part, index) => text + render(values[index - 1]) + part,
    ),
  );
}

/** A text area. Browsers leave out the first newline after the tag. */
export function textArea(
  attributes: Record<string, string>,
  text: string,
): SafeHtml {
  const list = Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeHtml(value)}"`)
    .join('');
  return new SafeHtml(`<textarea${list}>\n${escapeHtml(text)}</textarea>`);
}

/** A link that leads to the web and nowhere else. */
export function webUrl(url: string): string | undefined {
  return /^https?:\/\//i.test(url) ? url : undefined;
}
