import { RootConfigService } from '@backstage/backend-plugin-api';
import {
  Authenticity,
  Delivery,
  DeliverySource,
  Received,
  Translation,
} from './DeliverySource';
import { peek } from './reading';
import { bearerAuthenticity, isSignedByOneOf, readSecrets } from './signatures';
import { SourceSetup } from './sourcesModule';

/**
 * A source that is known by a bearer token of `dora.sources.<id>.tokens`. Where there
 * is a header for it, who signs the body with one of `dora.sources.<id>.secrets` needs
 * no token.
 */
export function tokenSource(options: {
  id: string;
  /** `Alerts of Alertmanager`: what is not taken as long as nothing is configured. */
  what: string;
  /** The header with the signature, `sha256=` and the HMAC-SHA-256 in hex. */
  signature?: string;
  /** What the source calls a delivery; what it throws counts as no name. */
  event: (body: unknown) => string;
  /** Left out where the source gives none; what it throws counts as none. */
  deliveryId?: (body: unknown) => string | undefined;
  /** Reads the settings, where the source is set up. */
  translator: (
    config: RootConfigService,
  ) => (delivery: Delivery) => Translation;
}): SourceSetup {
  const { id, what, signature, event, deliveryId, translator } = options;
  const key = `dora.sources.${id}`;
  return (config, logger): DeliverySource | undefined => {
    const tokens = readSecrets(config, `${key}.tokens`) ?? [];
    const secrets = signature
      ? readSecrets(config, `${key}.secrets`) ?? []
      : [];
    if (tokens.length + secrets.length === 0) {
      const keys = [`${key}.tokens`, ...(signature ? [`${key}.secrets`] : [])];
      logger.info(`${what} are not taken: set ${keys.join(' or ')}`);
      return undefined;
    }
    return {
      id,
      async verify(received) {
        const given = signature && received.headers[signature];
        // Where both are sent, the signature has to hold.
        if (given !== undefined && secrets.length > 0) {
          return signatureAuthenticity(received, String(given), secrets);
        }
        return tokens.length > 0
          ? bearerAuthenticity(received, tokens)
          : 'unsigned';
      },
      deliveryId: received => deliveryId && peek(received, deliveryId),
      event: received => peek(received, event) ?? '',
      translate: translator(config),
    };
  };
}

function signatureAuthenticity(
  { body }: Received,
  signature: string,
  secrets: readonly string[],
): Authenticity {
  const [, hex] = /^sha256=([0-9a-f]{64})$/i.exec(signature) ?? [];
  return hex && isSignedByOneOf(body, hex, secrets) ? 'authentic' : 'forged';
}
