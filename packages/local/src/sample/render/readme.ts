import { deprecation, responsibilities } from './docs';
import { toolchains } from './languages';
import { bullets, chat, fence, has, hasPage, markdown, Stage } from './stage';

/** `README.md` */
export function readme(stage: Stage): string {
  const { component, company } = stage;
  const toolchain = toolchains[component.language];
  const team = company.organisation.teams[component.owner];
  const runnable =
    component.type !== 'library' && component.type !== 'mobile-app';
  const commands = [
    toolchain.install,
    toolchain.test,
    ...(runnable ? [toolchain.run(component)] : []),
  ];
  return markdown(
    `# ${component.title}`,
    deprecation(component),
    component.summary,
    responsibilities(component, '##'),
    '## Build and test',
    fence('sh', commands.join('\n')),
    has(stage, 'docs') && '## Read on',
    has(stage, 'docs') &&
      bullets(
        [
          '[Architecture](docs/architecture.md)',
          hasPage(stage, 'api') && '[API and use](docs/api.md)',
          hasPage(stage, 'runbook') && '[Runbook](docs/runbook.md)',
          hasPage(stage, 'on-call') && '[On-call](docs/on-call.md)',
        ].filter((item): item is string => Boolean(item)),
      ),
    `Owned by team ${team.title}; ask in [#${component.owner}](${chat(
      component,
    )}).`,
  );
}

/** `CODEOWNERS`: the owning team, and the platform team for the pipeline. */
export function codeOwners({ component, owner }: Stage): string {
  return `* @${owner}/${component.owner}\n/.github/ @${owner}/${component.owner} @${owner}/platform-engineering\n`;
}
