/** The address, if it is one of the web: it comes from outside, and may be anything. */
export function safeUrl(url: string | undefined): string | undefined {
  return url && /^https?:\/\//i.test(url) ? url : undefined;
}
