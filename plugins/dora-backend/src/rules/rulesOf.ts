import {
  CountingRules,
  DEFAULT_RULES,
  Override,
  readSaid,
  RULE_NAMES,
  RuleName,
  RULES,
  Said,
} from './rules';

/** Where a rule comes from, the most particular that says anything. */
export interface RuleSource {
  level: 'default' | 'company' | 'team' | 'component';
  by: 'default' | 'config' | 'annotation';
  /** Key of configuration, or the annotation. */
  name: string;
  /** Reference of the team or the component that it is for. */
  of?: string;
}

/** Whose rules are asked for. */
export interface Ruled {
  entityRef: string;
  owner?: string;
  said?: { component: Said; team: Said };
}

/** What the company alone says: keys below `dora`. */
export const WINDOWS = [
  'incidentWindow',
  'firstDeploymentWindow',
  'rolloutWindow',
] as const;
export type WindowName = (typeof WINDOWS)[number];

/** What the company says. */
export interface CompanyRules extends CountingRules {
  /** Rules and windows that configuration states; the others are the defaults. */
  stated: (RuleName | WindowName)[];
  overrides: Override[];
}

/** The rules of one component. */
export interface RulesInForce {
  rules: CountingRules;
  from: Record<RuleName, RuleSource>;
  /** Annotations that cannot be read, and so do not hold. */
  problems: string[];
}

/**
 * The rules of a component: its own before its team's, these before the company's;
 * of one level, configuration before the annotation.
 */
export function rulesOf(component: Ruled, company: CompanyRules): RulesInForce {
  const { entityRef, owner, said } = component;
  const problems: string[] = [];
  const rules: CountingRules = { ...DEFAULT_RULES };
  const from = {} as Record<RuleName, RuleSource>;
  const levels: Pick<RuleSource & { text?: Said }, 'level' | 'of' | 'text'>[] =
    [{ level: 'component', of: entityRef, text: said?.component }];
  if (owner) levels.push({ level: 'team', of: owner, text: said?.team });
  const find = <K extends RuleName>(name: K): RuleSource => {
    const { key, annotation } = RULE_NAMES[name];
    for (const { level, of, text } of levels) {
      const override = company.overrides.find(
        one => one.for === of && one[name] !== undefined,
      );
      if (override) {
        rules[name] = override[name] as CountingRules[K];
        return { level, by: 'config', name: `dora.overrides.${key}`, of };
      }
      const annotated = text?.[name];
      if (annotated === undefined) continue;
      try {
        rules[name] = readSaid(name, annotated);
        return { level, by: 'annotation', name: annotation, of };
      } catch (error) {
        problems.push(
          `${annotation} of ${of} does not hold: ${(error as Error).message}`,
        );
      }
    }
    rules[name] = company[name];
    return company.stated.includes(name)
      ? { level: 'company', by: 'config', name: `dora.${key}` }
      : { level: 'default', by: 'default', name: `dora.${key}` };
  };
  for (const name of RULES) from[name] = find(name);
  return { rules, from, problems };
}
