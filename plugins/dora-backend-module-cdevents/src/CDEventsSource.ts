import {
  Authenticity,
  bearerAuthenticity,
  Delivery,
  DeliverySource,
  isSignedByOneOf,
  Received,
  Translation,
} from '@waymark/backstage-plugin-dora-node';
import { opened } from './envelope';
import { readEvent, typeOf } from './schemas';
import { translate } from './translate';

/** What senders of CDEvents are known by; one, or several while one is replaced. */
export interface Credentials {
  /** Bearer tokens. */
  tokens: readonly string[];
  /** Secrets that bodies are signed with. */
  secrets: readonly string[];
}

/** Whatever sends CDEvents, as CloudEvents over HTTP. */
export class CDEventsSource implements DeliverySource {
  readonly id = 'cdevents';

  constructor(private readonly credentials: Credentials) {}

  async verify(received: Received): Promise<Authenticity> {
    const { tokens, secrets } = this.credentials;
    const signature = received.headers['x-waymark-signature-256'];
    // One of both is enough; where both are sent, the signature has to hold.
    if (signature === undefined || secrets.length === 0) {
      return tokens.length > 0
        ? bearerAuthenticity(received, tokens)
        : 'unsigned';
    }
    const [, hex] = /^sha256=([0-9a-f]{64})$/i.exec(String(signature)) ?? [];
    return hex && isSignedByOneOf(received.body, hex, secrets)
      ? 'authentic'
      : 'forged';
  }

  /**
   * Of the body: nobody has signed the headers. What is malformed may be sent again
   * under its id once it is mended.
   */
  deliveryId({ body }: Received): string | undefined {
    try {
      const { event } = readEvent(opened(JSON.parse(body.toString('utf8'))));
      return event && `${event.context.id}@${event.context.source}`;
    } catch {
      return undefined;
    }
  }

  event({ body }: Received): string {
    try {
      const type = typeOf(opened(JSON.parse(body.toString('utf8'))));
      return type.replace(/^dev\.cdevents\./, '');
    } catch {
      return '';
    }
  }

  translate(delivery: Delivery): Translation {
    return translate(delivery);
  }
}
