import { catalogInfo } from './catalogInfo';
import { prometheusRule } from './deploy';
import {
  apiPage,
  architecturePage,
  decisionPage,
  decisionPath,
  indexPage,
  mkdocs,
} from './docs';
import { toolchains } from './languages';
import { onCallPage, runbookPage } from './operationsDocs';
import { manifests } from './manifests';
import { codeOwners, readme } from './readme';
import { has, hasPage, Stage } from './stage';
import { workflow } from './workflow';

/** The whole repository at this stage: path to content. */
export function renderFiles(stage: Stage): Record<string, string> {
  return {
    'README.md': readme(stage),
    'catalog-info.yaml': catalogInfo(stage),
    CODEOWNERS: codeOwners(stage),
    ...sourceFiles(stage),
    ...deliveryFiles(stage),
    ...apiFiles(stage),
    ...documentation(stage),
  };
}

function sourceFiles({ component, brought }: Stage): Record<string, string> {
  const toolchain = toolchains[component.language];
  const promised = new Set(component.history.flatMap(change => change.brings));
  const present = Object.entries(component.source).filter(
    ([path]) => !promised.has(path) || brought.has(path),
  );
  return {
    '.gitignore': `${toolchain.ignore.join('\n')}\n`,
    ...toolchain.files(component),
    ...Object.fromEntries(present),
  };
}

function deliveryFiles(stage: Stage): Record<string, string> {
  const { component } = stage;
  const files: Record<string, string> = {};
  if (has(stage, 'deploy')) {
    Object.assign(files, manifests(stage));
    files.Dockerfile = toolchains[component.language].dockerfile(component);
  }
  if (has(stage, 'alerts')) {
    files['deploy/alerts.yaml'] = prometheusRule(stage);
  }
  if (has(stage, 'workflow')) {
    files['.github/workflows/ci.yaml'] = workflow(component);
  }
  return files;
}

function apiFiles(stage: Stage): Record<string, string> {
  const { company, component } = stage;
  const provided = has(stage, 'api') ? component.provides : [];
  return Object.fromEntries(
    provided.flatMap(({ api }) => {
      const found = company.apis.get(api);
      return found ? [[`api/${found.fileName}`, found.definition]] : [];
    }),
  );
}

function documentation(stage: Stage): Record<string, string> {
  if (!has(stage, 'docs')) {
    return {};
  }
  const files: Record<string, string> = {
    'mkdocs.yml': mkdocs(stage),
    'docs/index.md': indexPage(stage),
    'docs/architecture.md': architecturePage(stage),
  };
  if (hasPage(stage, 'api')) {
    files['docs/api.md'] = apiPage(stage);
  }
  if (hasPage(stage, 'runbook')) {
    files['docs/runbook.md'] = runbookPage(stage);
  }
  if (hasPage(stage, 'on-call')) {
    files['docs/on-call.md'] = onCallPage(stage);
  }
  if (has(stage, 'adr')) {
    stage.component.decisions.forEach(({ title }, index) => {
      files[`docs/${decisionPath(title, index)}`] = decisionPage(stage, index);
    });
  }
  return files;
}
