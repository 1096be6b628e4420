import { Files, Inputs, Problem } from '../problem';
import { checkCatalogInfo } from './catalogInfo';
import { checkDockerfiles } from './dockerfile';
import { checkLockFile } from './identity';
import { checkLeftovers } from './leftovers';
import { checkSyntax } from './syntax';
import { checkWorkflows } from './workflows';

export { checkIdentity } from './identity';
export { checkInert, PLACEHOLDER } from './inert';
export { checkSyntax } from './syntax';
export { checkTemplate } from './template';
export { checkWorkflow } from './workflows';

/** What must hold for every repository made from any golden path. */
export async function checkRepository(
  files: Files,
  inputs: Inputs,
): Promise<Problem[]> {
  return [
    ...checkLeftovers(files, inputs),
    ...checkSyntax(files),
    ...(await checkCatalogInfo(files)),
    ...checkWorkflows(files),
    ...checkDockerfiles(files),
    ...checkLockFile(files),
  ];
}
