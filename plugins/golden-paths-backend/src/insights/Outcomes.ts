import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { complianceCohortsSchema } from '@waymark/backstage-plugin-compliance-common';
import { cohortsSchema } from '@waymark/backstage-plugin-dora-common';
import {
  OutcomesAnswer,
  Window,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Visibility } from '../api/Visibility';
import { edges } from '../api/Paths';
import { Neighbours } from './Neighbours';

/** What golden paths made beside what they did not, as other plugins measure it. */
export class Outcomes {
  constructor(
    private readonly neighbours: Neighbours,
    private readonly visibility: Visibility,
  ) {}

  async of(
    window: Window,
    credentials: BackstageCredentials,
  ): Promise<OutcomesAnswer> {
    await this.visibility.require(credentials);
    const asked = edges(window);
    const search = new URLSearchParams({ ...asked, by: 'path' });
    const [delivery, compliance] = await Promise.all([
      this.neighbours.ask(
        'dora',
        `/cohorts?${search}`,
        cohortsSchema,
        credentials,
      ),
      this.neighbours.ask(
        'compliance',
        '/cohorts',
        complianceCohortsSchema,
        credentials,
      ),
    ]);
    return { window: asked, delivery, compliance };
  }
}
