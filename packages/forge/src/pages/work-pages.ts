import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Context } from '../context';
import { notFound } from '../errors';
import {
  DeploymentRecord,
  RepositoryRecord,
  RunRecord,
} from '../store/records';
import { encodePath } from '../urls';
import { html, SafeHtml, webUrl } from './html';
import { crumbsOf, pathOf, tabsOf } from './layout';
import { pageRepository, send } from './support';
import { time } from './time';

const MAX_ROWS = 100;

const NO_RUNNER = html`<div class="note">
  <p>
    This forge runs no pipelines. Pushes list the runs GitHub would start, and
    they wait for a runner; a pull request lists none of its own. Where a branch
    requires a check, run it yourself and record the result on the pull request.
  </p>
</div>`;

/** Workflow runs, deployments and environments. */
export function workRoutes(context: Context): Router {
  const router = PromiseRouter();

  router.get('/:owner/:repo/actions', (req, res) => {
    const { repository } = pageRepository(context, req, res);
    const runs = context.store.of(repository).runs.list().slice(-MAX_ROWS);
    send(context, res, {
      title: `Actions · ${repository.name}`,
      crumbs: crumbsOf(repository),
      tabs: tabsOf(context, repository, 'actions'),
      body: [
        html`<h1>Workflow runs</h1>`,
        NO_RUNNER,
        runs.length > 0
          ? html`<ul class="plain card list">
              ${runs.reverse().map(
                run => html`<li>
                  <div class="row">
                    <a
                      class="title"
                      href="${pathOf(repository)}/actions/runs/${run.id}"
                      >${run.title || run.name}</a
                    >
                    ${runTag(run)}
                    <span class="muted small end">${time(run.createdAt)}</span>
                  </div>
                  <div class="muted small">
                    ${run.name} #${run.runNumber} · ${run.event} on
                    <span class="mono">${run.branch}</span>
                  </div>
                </li>`,
              )}
            </ul>`
          : html`<p class="muted">
              No runs yet. A push to a repository with workflow files lists them
              here.
            </p>`,
      ],
    });
  });

  router.get('/:owner/:repo/actions/runs/:id', (req, res) => {
    const { repository } = pageRepository(context, req, res);
    const run = context.store.of(repository).runs.get(req.params.id);
    if (!run) {
      throw notFound('There is no such run.');
    }
    const path = pathOf(repository);
    const inputs = Object.entries(run.inputs);
    send(context, res, {
      title: `${run.name} #${run.runNumber} · ${repository.name}`,
      crumbs: crumbsOf(repository),
      tabs: tabsOf(context, repository, 'actions'),
      body: [
        html`<div class="row">
          <h1>${run.title || run.name}</h1>
          ${runTag(run)}
        </div>`,
        NO_RUNNER,
        html`<div class="card">
          <div class="body">
            <dl class="facts">
              <dt>Workflow</dt>
              <dd>
                ${run.name}
                <a
                  class="mono"
                  href="${path}/blob/${run.sha}/${encodePath(run.path)}"
                  >${run.path}</a
                >
              </dd>
              <dt>Started by</dt>
              <dd>${run.event}, ${run.actor}, ${time(run.createdAt)}</dd>
              <dt>Branch</dt>
              <dd class="mono">${run.branch}</dd>
              <dt>Commit</dt>
              <dd>
                <a class="mono" href="${path}/commit/${run.sha}"
                  >${run.sha.slice(0, 10)}</a
                >
              </dd>
              ${inputs.map(
                ([name, value]) =>
                  html`<dt>${name}</dt>
                    <dd class="mono">${value}</dd>`,
              )}
            </dl>
          </div>
        </div>`,
      ],
    });
  });

  router.get(
    ['/:owner/:repo/deployments', '/:owner/:repo/deployments/activity_log'],
    (req, res) => {
      const { repository } = pageRepository(context, req, res);
      const { deployments, environments } = context.store.of(repository);
      const wanted = req.query.environments_filter;
      const shown = deployments
        .list()
        .filter(one => !wanted || one.environment === wanted)
        .slice(-MAX_ROWS)
        .reverse();
      send(context, res, {
        title: `Deployments · ${repository.name}`,
        crumbs: crumbsOf(repository),
        tabs: tabsOf(context, repository, 'deployments'),
        body: [
          html`<h1>Deployments</h1>`,
          html`<section class="card" aria-label="Environments">
            <div class="head"><h2>Environments</h2></div>
            ${environments.size === 0
              ? html`<div class="body muted">None yet.</div>`
              : html`<ul class="plain list">
                  ${environments.list().map(
                    one => html`<li class="row">
                      <a
                        class="title"
                        href="${pathOf(
                          repository,
                        )}/deployments?environments_filter=${encodeURIComponent(
                          one.name,
                        )}"
                        >${one.name}</a
                      >
                      ${one.branchPolicy?.protected_branches &&
                      html`<span class="tag">protected branches only</span>`}
                      ${one.policies.map(
                        policy =>
                          html`<span class="tag mono">${policy.name}</span>`,
                      )}
                      ${one.reviewers.length > 0 &&
                      html`<span class="tag"
                        >${one.reviewers.length} to approve</span
                      >`}
                      <span class="muted small end"
                        >${Object.keys(one.variables).length} variables,
                        ${Object.keys(one.secrets).length} secrets</span
                      >
                    </li>`,
                  )}
                </ul>`}
          </section>`,
          shown.length > 0
            ? html`<section
                class="card scroll"
                aria-label="History"
                tabindex="0"
              >
                <table class="table">
                  <thead>
                    <tr>
                      <th scope="col">Environment</th>
                      <th scope="col">State</th>
                      <th scope="col">Commit</th>
                      <th scope="col">By</th>
                      <th scope="col">When</th>
                    </tr>
                  </thead>
                  <tbody>
                    ${shown.map(one => deploymentRow(repository, one))}
                  </tbody>
                </table>
              </section>`
            : html`<p class="muted">Nothing was deployed yet.</p>`,
        ],
      });
    },
  );
  return router;
}

function runTag(run: RunRecord): SafeHtml {
  return run.status === 'queued'
    ? html`<span class="state wait">waiting for a runner</span>`
    : html`<span class="state">${run.conclusion}</span>`;
}

function deploymentRow(
  repository: RepositoryRecord,
  deployment: DeploymentRecord,
): SafeHtml {
  const last = deployment.statuses.at(-1);
  const state = last?.state ?? 'waiting';
  const tone =
    { success: 'ok', failure: 'bad', error: 'bad', inactive: '' }[
      state as string
    ] ?? 'wait';
  const url = webUrl(last?.environmentUrl ?? '');
  return html`<tr>
    <td>
      ${url
        ? html`<a href="${url}" rel="noreferrer">${deployment.environment}</a>`
        : deployment.environment}
    </td>
    <td><span class="state ${tone}">${state.replace('_', ' ')}</span></td>
    <td>
      <a class="mono" href="${pathOf(repository)}/commit/${deployment.sha}"
        >${deployment.sha.slice(0, 7)}</a
      >
      <span class="muted mono">${deployment.ref}</span>
    </td>
    <td>${deployment.creator}</td>
    <td>${time(last?.createdAt ?? deployment.createdAt)}</td>
  </tr>`;
}
