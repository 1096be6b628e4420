import { Knex } from 'knex';
import { CampaignStore } from './campaigns/CampaignStore';
import { DatabaseCampaignStore } from './campaigns/DatabaseCampaignStore';
import {
  DatabaseReminderStore,
  ReminderStore,
} from './campaigns/ReminderStore';
import { ComponentStore } from './components/ComponentStore';
import { DatabaseComponentStore } from './components/DatabaseComponentStore';
import { DatabaseExemptionStore } from './exemptions/DatabaseExemptionStore';
import { ExemptionStore } from './exemptions/ExemptionStore';
import { DatabaseFactStore } from './facts/DatabaseFactStore';
import { FactStore } from './facts/FactStore';
import { DatabaseHistoryStore } from './history/DatabaseHistoryStore';
import { HistoryStore } from './history/HistoryStore';
import { DatabaseVerdictStore } from './verdicts/DatabaseVerdictStore';
import { VerdictStore } from './verdicts/VerdictStore';
import { DatabaseWorkStore } from './work/DatabaseWorkStore';
import { WorkStore } from './work/WorkStore';

/** All that is kept. */
export interface Stores {
  components: ComponentStore;
  work: WorkStore;
  facts: FactStore;
  verdicts: VerdictStore;
  history: HistoryStore;
  exemptions: ExemptionStore;
  campaigns: CampaignStore;
  reminders: ReminderStore;
}

/** All that is kept, in PostgreSQL. */
export function databaseStores(knex: Knex): Stores {
  return {
    components: new DatabaseComponentStore(knex),
    work: new DatabaseWorkStore(knex),
    facts: new DatabaseFactStore(knex),
    verdicts: new DatabaseVerdictStore(knex),
    history: new DatabaseHistoryStore(knex),
    exemptions: new DatabaseExemptionStore(knex),
    campaigns: new DatabaseCampaignStore(knex),
    reminders: new DatabaseReminderStore(knex),
  };
}
