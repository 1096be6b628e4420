import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Styles text, where a person sees it in colour. */
export type Paint = (style: Style, text: string) => string;

/** Whether colours are wanted was decided by who asked. */
export const paintWith =
  (colours: boolean | undefined): Paint =>
  (style, text) =>
    colours ? styleText(style, text, { validateStream: false }) : text;
