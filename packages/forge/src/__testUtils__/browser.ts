/** A browser as far as forms need one: it keeps cookies. */
export class Browser {
  private cookie = '';

  /** With a token it acts as that account, not as the forge's own. */
  constructor(private readonly base: string, private readonly token?: string) {}

  async get(path: string): Promise<string> {
    const response = await fetch(`${this.base}${path}`, {
      headers: this.headers(),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie) {
      if (!/HttpOnly; SameSite=Strict/.test(cookie)) {
        throw new Error(`a cookie others could use: ${cookie}`);
      }
      this.cookie = cookie.split(';')[0];
    }
    return response.text();
  }

  /** Sends the form of a page that has this action. */
  async submit(
    page: string,
    action: string,
    fields: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const body = await this.get(page);
    const start = body.indexOf(`action="${action}"`);
    if (start < 0) {
      throw new Error(`no form for ${action} on ${page}`);
    }
    const form = body.slice(start, body.indexOf('</form>', start));
    const values: Record<string, string> = {};
    for (const [input] of form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
      const name = /name="([^"]*)"/.exec(input)?.[1] ?? '';
      values[name] = /value="([^"]*)"/.exec(input)?.[1] ?? '';
    }
    return fetch(`${this.base}${action}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...this.headers(), origin: this.base, ...headers },
      body: new URLSearchParams({ ...values, ...fields }),
    });
  }

  private headers(): Record<string, string> {
    return {
      cookie: this.cookie,
      ...(this.token ? { authorization: `token ${this.token}` } : {}),
    };
  }
}
