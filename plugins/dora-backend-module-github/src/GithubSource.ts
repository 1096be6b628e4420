import { verify } from '@octokit/webhooks-methods';
import {
  Authenticity,
  Delivery,
  DeliverySource,
  Received,
  SourceHistory,
  Translation,
} from '@waymark/backstage-plugin-dora-node';
import { IssueSettings } from './issues';
import { translate } from './translate';

/** GitHub, also GitHub Enterprise, and what speaks like it. */
export class GithubSource implements DeliverySource {
  readonly id = 'github';

  /** @param secrets - one, or two while one takes the place of the other */
  constructor(
    private readonly secrets: readonly string[],
    private readonly incidents: IssueSettings,
    readonly history?: SourceHistory,
  ) {}

  async verify({ body, headers }: Received): Promise<Authenticity> {
    const signature = headers['x-hub-signature-256'];
    if (typeof signature !== 'string') return 'unsigned';
    // The library would take SHA-1 under this name too.
    if (!signature.startsWith('sha256=') || body.length === 0) return 'forged';
    const text = body.toString('utf8');
    for (const secret of this.secrets) {
      if (await verify(secret, text, signature)) return 'authentic';
    }
    return 'forged';
  }

  deliveryId({ headers }: Received): string | undefined {
    return header(headers['x-github-delivery']);
  }

  event({ headers }: Received): string {
    return header(headers['x-github-event']) ?? '';
  }

  translate(delivery: Delivery): Translation {
    return translate(delivery, this.incidents);
  }
}

function header(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
