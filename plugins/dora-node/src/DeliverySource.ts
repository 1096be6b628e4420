import { IncomingHttpHeaders } from 'node:http';
import { Observation } from './observations';
import { SourceHistory } from './SourceHistory';

/** What came in, before anything of it is believed. */
export interface Received {
  /** Byte for byte as it was sent. */
  body: Buffer;
  headers: IncomingHttpHeaders;
}

/** Whether a delivery is of whom it says it is. */
export type Authenticity = 'authentic' | 'unsigned' | 'forged';

/** A delivery that was kept. */
export interface Delivery {
  deliveryId: string;
  /** As {@link DeliverySource.event} named it. */
  event: string;
  /** The parsed body. */
  body: unknown;
  receivedAt: Date;
}

/** What a delivery comes to. */
export type Translation =
  | { observations: Observation[] }
  /** It is understood, and says nothing that counts. */
  | { ignored: string };

/** Something that sends deliveries, such as a Git host. */
export interface DeliverySource {
  /** `github`: the last part of the address that it sends to. */
  readonly id: string;
  /** Left out where it cannot be asked about what was before. */
  readonly history?: SourceHistory;
  /** Checks the signature or token; all of it, before the body is parsed. */
  verify(received: Received): Promise<Authenticity>;
  /**
   * The same for a delivery that is sent again. Left out where the source gives
   * none: then the hash of the body takes its place.
   */
  deliveryId(received: Received): string | undefined;
  /** What the source calls this kind of delivery. */
  event(received: Received): string;
  /**
   * What a delivery says. Pure: it asks nobody, and says the same each time.
   *
   * @throws MalformedDelivery where it cannot be read; it goes to the quarantine
   */
  translate(delivery: Delivery): Translation;
}

/** A delivery that is authentic and cannot be read. */
export class MalformedDelivery extends Error {
  name = 'MalformedDelivery';
}
