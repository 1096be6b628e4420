import {
  Exemption,
  ExemptionRequest,
} from '@waymark/backstage-plugin-compliance-common';
import { Knex } from 'knex';

/** Which exemptions are listed. */
export interface ExemptionFilter {
  state?: Exemption['state'];
  entityRef?: string;
  /** 1,000 unless said. */
  limit?: number | 'none';
}

/** Leave to break a rule. */
export interface ExemptionStore {
  /** @throws ConflictError where one is asked for already */
  request(request: ExemptionRequest, requestedBy: string): Promise<Exemption>;
  find(id: string): Promise<Exemption | undefined>;
  list(filter: ExemptionFilter): Promise<Exemption[]>;
  /**
   * Moves it on from the state it is expected in. What is approved takes the
   * place of an earlier one.
   *
   * @throws ConflictError where somebody else was faster
   */
  decide(
    trx: Knex.Transaction,
    exemption: Exemption,
    state: 'approved' | 'denied' | 'ended',
    by: string,
    comment: string,
  ): Promise<Exemption>;
  /** Approved and not over, by component. */
  inForce(
    entityRefs: readonly string[],
  ): Promise<Map<string, Pick<Exemption, 'rule' | 'until' | 'reason'>[]>>;
  /** Ends what is over. */
  expire(today: string): Promise<Exemption[]>;
  /** Approved, over on this day or before, and not told of. */
  ending(lastDay: string): Promise<Exemption[]>;
  warned(id: string): Promise<void>;
}
