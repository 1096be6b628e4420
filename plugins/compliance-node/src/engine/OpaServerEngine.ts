import { Facts } from '@waymark/backstage-plugin-compliance-common';
import { z } from 'zod';
import { askOneByOne, TimeOut } from './oneByOne';
import {
  inputOf,
  PolicyEngine,
  RawReport,
  readAnswer,
  readReport,
  silent,
} from './PolicyEngine';

const answerSchema = z.object({ result: z.unknown().optional() });

/** How an OPA server is asked. */
export interface OpaServerOptions {
  /** Of the server, such as `http://opa.policy:8181`. */
  url: string;
  /** Per question; 5,000 unless said. */
  timeoutMs?: number;
  /** Sent as a bearer token. */
  token?: string;
}

/** The server works, and a rule does not. */
class Refused extends Error {}

/** The rules on an OPA server that has loaded the bundle of `policies/`. */
export class OpaServerEngine implements PolicyEngine {
  readonly kind = 'opa';
  private readonly stopping = new AbortController();

  constructor(
    private readonly rules: readonly string[],
    private readonly options: OpaServerOptions,
  ) {}

  async evaluate(facts: Facts | string, today: string): Promise<RawReport> {
    const body = `{"input":${inputOf(facts, today)}}`;
    try {
      return readReport(await this.ask('', body), this.rules);
    } catch (error) {
      // Only where the server is there may another question have an answer.
      if (!(error instanceof Refused)) {
        return silent(this.rules, (error as Error).message);
      }
    }
    return askOneByOne(this.rules, async rule =>
      readAnswer(((await this.ask(`/${rule}`, body)) ?? {}) as object),
    );
  }

  async close(): Promise<void> {
    this.stopping.abort();
  }

  private async ask(path: string, body: string): Promise<unknown> {
    const { url, token, timeoutMs = 5_000 } = this.options;
    const late = AbortSignal.timeout(timeoutMs);
    let response: Response;
    let text: string;
    try {
      response = await fetch(
        `${url.replace(/\/+$/, '')}/v1/data/waymark/report/report${path}`,
        {
          method: 'POST',
          body,
          headers: {
            'content-type': 'application/json',
            ...(token && { authorization: `Bearer ${token}` }),
          },
          // A redirect would carry facts and token to somewhere else.
          redirect: 'error',
          signal: AbortSignal.any([late, this.stopping.signal]),
        },
      );
      text = await response.text();
    } catch {
      if (late.aborted) {
        throw new TimeOut(
          `The OPA server took longer than ${timeoutMs / 1000} s.`,
        );
      }
      throw new Error('The OPA server cannot be reached.');
    }
    if (response.status === 500) {
      throw new Refused('The rule broke off on the OPA server.');
    }
    if (!response.ok) {
      throw new Error(`The OPA server answered ${response.status}.`);
    }
    return read(text);
  }
}

function read(text: string): unknown {
  try {
    return answerSchema.parse(JSON.parse(text)).result;
  } catch {
    throw new Error('The OPA server did not answer as OPA does.');
  }
}
