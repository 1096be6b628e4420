import { UpgradePreview } from '@waymark/backstage-plugin-golden-paths-common';
import { Questions } from '../upgrade/Questions';
import { RolloutAnswers } from './RolloutAnswers';

/** What the new version asks, to be answered for all services at once. */
export const RolloutQuestions = (props: {
  preview: UpgradePreview;
  answers: RolloutAnswers;
}) => (
  <Questions
    questions={props.preview.missing}
    to={props.preview.to}
    note="The answers are for all services that have given none. Without them the rollout passes such a service by, and its owners answer on its page."
    onAnswer={props.answers.onAnswer}
  />
);
