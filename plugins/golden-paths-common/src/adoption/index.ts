export { adoptionOf } from './adoption';
export type { Adoption, Fate } from './adoption';
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
export { FUNNEL_STEPS, funnelOf } from './funnel';
export type {
  FirstFact,
  FunnelStep,
  FunnelStepName,
  VisitFact,
} from './funnel';
export { originsOf, makersOf } from './share';
export type { Share } from './share';
export { newestFirst, positionOf, STANDINGS } from './standing';
export type { Position, Standing } from './standing';
export { phaseOf, PHASES, templateUseOf } from './templateUse';
export type { Phase, TemplateUse } from './templateUse';
export { runsOf } from './went';
export type { FailingStep, Runs, Went } from './went';
export { within } from './window';
export type { Window } from './window';
