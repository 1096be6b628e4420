import { Knex } from 'knex';
import { Claim, Claims } from '../claims/Claims';

export const DELIVERY_STATES = [
  'waiting',
  'done',
  'ignored',
  'quarantined',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** A delivery that was authentic. */
export interface NewDelivery {
  source: string;
  deliveryId: string;
  event: string;
  /** As it was sent. */
  body: Buffer;
}

/** A delivery whose turn it is. */
export interface WaitingDelivery {
  source: string;
  deliveryId: string;
  event: string;
  body: Buffer;
  receivedAt: Date;
}

/** What became of a delivery. */
export interface DeliveryOutcome {
  claim: Claim;
  state: Exclude<DeliveryState, 'waiting'>;
  reason?: string;
  observations: number;
}

/** A delivery that was read before it was kept. */
export type ReadDelivery = NewDelivery & Omit<DeliveryOutcome, 'claim'>;

/** A delivery as it is listed. */
export interface DeliverySummary {
  id: string;
  source: string;
  deliveryId: string;
  event: string;
  /** Instant. */
  receivedAt: string;
  /** In bytes. */
  size: number;
  state: DeliveryState;
  /** Why it is ignored or in quarantine. */
  reason?: string;
  observations: number;
  /** Instant. */
  processedAt?: string;
  /** Instant; since then it cannot be read again. */
  bodyDroppedAt?: string;
}

/** Which deliveries are listed. */
export interface DeliveryFilter {
  source?: string;
  state?: DeliveryState;
  /** Only those that came before this one. */
  before?: string;
  limit: number;
}

/** Deliveries that were acknowledged, each once. */
export interface InboxStore {
  readonly claims: Claims<StoredDelivery>;
  /** Keeps a delivery; when this returns, it is committed. */
  add(delivery: NewDelivery): Promise<{ id: string; duplicate: boolean }>;
  /** Which of these are kept. */
  known(source: string, deliveryIds: readonly string[]): Promise<Set<string>>;
  /**
   * Keeps deliveries that are read already, each stated once; those that are kept stay
   * as they are.
   *
   * @returns ids of those that are new, by delivery id
   */
  addRead(
    trx: Knex.Transaction,
    deliveries: readonly ReadDelivery[],
  ): Promise<Map<string, string>>;
  /**
   * Fetches the bodies of deliveries that are claimed.
   *
   * @returns opens one of them; throws Error where its body is not what was stored
   */
  open(
    rows: readonly Claim[],
  ): Promise<(row: Claim & StoredDelivery) => Promise<WaitingDelivery>>;
  /** Ends claims that are locked. */
  finish(
    trx: Knex.Transaction,
    outcomes: readonly DeliveryOutcome[],
  ): Promise<void>;
  /** Latest first. */
  list(filter: DeliveryFilter): Promise<DeliverySummary[]>;
  /** How many are in each state. */
  count(source?: string): Promise<Record<DeliveryState, number>>;
  /**
   * Has one read again.
   *
   * @returns undefined where there is none
   * @throws ConflictError where its body was dropped
   */
  replay(id: string): Promise<DeliverySummary | undefined>;
  /**
   * Forgets what all deliveries said that still have a body, and has them read
   * again; what the others said is kept. How many of each.
   */
  rebuild(): Promise<{ deliveries: number; kept: number }>;
  /** Makes room for bodies of this month and the next ones, where there is none. */
  prepare(): Promise<void>;
  /**
   * Drops a month of bodies that were read and are older than that, and some that lie
   * apart.
   *
   * @returns not 0 while there may be more
   */
  dropBodies(milliseconds: number): Promise<number>;
}

/** What a delivery is claimed with. */
export interface StoredDelivery {
  source: string;
  delivery_id: string;
  event: string;
  size: number;
  received_at: Date;
}
