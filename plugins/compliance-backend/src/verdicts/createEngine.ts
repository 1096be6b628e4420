import {
  loadBundle,
  OpaServerEngine,
  PolicyEngine,
  WasmPolicyEngine,
} from '@waymark/backstage-plugin-compliance-node';
import { RuleIndex } from '@waymark/backstage-plugin-compliance-common';
import { ComplianceConfig } from '../config';

/** The rules, and what evaluates them: in this process, or an OPA server. */
export async function createEngine({
  opa,
}: Pick<ComplianceConfig, 'opa'>): Promise<{
  index: RuleIndex;
  engine: PolicyEngine;
}> {
  const bundle = await loadBundle();
  const { index } = bundle;
  const engine = opa
    ? new OpaServerEngine(
        index.rules.map(({ id }) => id),
        opa,
      )
    : await WasmPolicyEngine.create(bundle);
  return { index, engine };
}
