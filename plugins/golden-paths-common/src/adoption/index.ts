export { adoptionOf } from './adoption';
export type { Adoption, Fate, Runs } from './adoption';
export { driftOf } from './drift';
export type { DriftingService } from './drift';
export type { CreationTimes, Spread } from './durations';
export { OUTCOMES } from './facts';
export type {
  CreationFact,
  Millis,
  Outcome,
  ServiceFact,
  TemplateFact,
} from './facts';
export { originsOf, makersOf } from './share';
export type { Share } from './share';
export { newestFirst, positionOf, STANDINGS } from './standing';
export type { Position, Standing } from './standing';
export { phaseOf, PHASES, templateUseOf } from './templateUse';
export type { FailingStep, Phase, TemplateUse } from './templateUse';
export type { Window } from './window';
