import { Knex } from 'knex';
import { onlyVisible, Visible } from '../visible';

/** Read model of what an owner's components break. */
export class FailingRules {
  constructor(private readonly knex: Knex) {}

  /** By rule, the components that fail it, in the order of their references. */
  async ofOwner(
    owner: string,
    visible: Visible,
  ): Promise<{ rule: string; components: string[] }[]> {
    const query = this.knex('verdicts')
      .join('components', 'components.id', 'component_id')
      .whereNull('removed_at')
      .where({ owner, outcome: 'fail' })
      .groupBy('rule')
      .orderBy('rule')
      .select(
        'rule',
        this.knex.raw(
          'array_agg(entity_ref order by entity_ref) as components',
        ),
      );
    return onlyVisible(query, visible);
  }
}
