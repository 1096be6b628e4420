import { NewInputs } from '@waymark/backstage-plugin-golden-paths-common';

/** What is said, for all services, to what the new version asks. */
export interface RolloutAnswers {
  inputs: NewInputs;
  /** Adds to them. */
  onAnswer: (inputs: NewInputs) => void;
}
