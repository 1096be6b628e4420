import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { includes } from '../auth';
import { Context } from '../context';
import { ApiError, notFound } from '../errors';
import { HookSender } from '../rest/hooks';
import { DeliveryRecord, HookRecord, RepositoryRecord } from '../store/records';
import { HookScope } from '../store/scopes';
import { checkForm, formToken } from './forms';
import { html, SafeHtml } from './html';
import { Crumb, crumbsOf, pathOf, tabsOf } from './layout';
import { actorOf, needActor, pageRepository, send } from './support';
import { time } from './time';

const MAX_ROWS = 50;

/** Webhooks with their deliveries; any of them can be sent again. */
export function hookRoutes(context: Context, sender: HookSender): Router {
  const router = PromiseRouter();
  const { accounts, store, urls } = context;

  interface Place {
    scope: HookScope;
    base: string;
    title: string;
    crumbs: Crumb[];
    tabs?: SafeHtml;
    type: 'repository' | 'organization';
    id: number;
    repository?: RepositoryRecord;
  }
  const place = (req: Request, res: Response): Place => {
    if (req.params.org !== undefined) {
      const owner = accounts.get(req.params.org);
      const mayRead = res.locals.viewer || context.options.anonymousRead;
      if (owner?.type !== 'Organization' || !mayRead) {
        throw mayRead
          ? notFound('There is no such organisation.')
          : new ApiError(401, 'Requires authentication');
      }
      return {
        scope: store.organisation(owner.login),
        base: `/organizations/${owner.login}/settings/hooks`,
        title: owner.login,
        crumbs: [
          { text: owner.login, href: `/${owner.login}` },
          { text: 'Webhooks' },
        ],
        type: 'organization',
        id: owner.id,
      };
    }
    const { repository } = pageRepository(context, req, res);
    return {
      scope: store.of(repository),
      base: `${pathOf(repository)}/settings/hooks`,
      title: repository.name,
      crumbs: crumbsOf(repository),
      tabs: tabsOf(context, repository, 'settings'),
      type: 'repository',
      id: repository.id,
      repository,
    };
  };
  const find = (where: Place, req: Request): HookRecord => {
    const hook = where.scope.hooks.get(req.params.hook);
    if (!hook) {
      throw notFound('There is no such webhook.');
    }
    return hook;
  };
  const deliveriesOf = (where: Place, hook: HookRecord) =>
    where.scope.deliveries
      .list()
      .filter(one => one.hookId === hook.id)
      .sort((a, b) => b.id - a.id);

  const bases = [
    // The first that fits is taken.
    '/organizations/:org/settings/hooks',
    '/:owner/:repo/settings/hooks',
  ];
  const below = (suffix: string) => bases.map(base => `${base}${suffix}`);

  router.get(bases, (req, res) => {
    const where = place(req, res);
    const hooks = where.scope.hooks.list();
    const owner = where.repository && accounts.known(where.repository.owner);
    send(context, res, {
      title: `Webhooks · ${where.title}`,
      crumbs: where.crumbs,
      tabs: where.tabs,
      body: [
        html`<h1>Webhooks</h1>`,
        owner?.type === 'Organization' &&
          html`<p class="muted">
            Webhooks of the organisation hear of this repository too:
            <a href="/organizations/${owner.login}/settings/hooks"
              >webhooks of ${owner.login}</a
            >.
          </p>`,
        hooks.length > 0
          ? html`<ul class="plain card list">
              ${hooks.map(
                hook => html`<li>
                  <div class="row">
                    <a class="title mono" href="${where.base}/${hook.id}"
                      >${hook.url}</a
                    >
                    ${!hook.active && html`<span class="tag">inactive</span>`}
                    ${deliveryTag(deliveriesOf(where, hook)[0])}
                  </div>
                  <div class="muted small">${hook.events.join(', ')}</div>
                </li>`,
              )}
            </ul>`
          : html`<p class="muted">
              None yet. Webhooks are made through the API:
              <code
                >POST
                ${urls.api.replace(urls.base, '')}/${where.type === 'repository'
                  ? `repos/${where.repository?.owner}/${where.title}`
                  : `orgs/${where.title}`}/hooks</code
              >
            </p>`,
      ],
    });
  });

  router.get(below('/:hook(\\d+)'), (req, res) => {
    const where = place(req, res);
    const hook = find(where, req);
    const deliveries = deliveriesOf(where, hook).slice(0, MAX_ROWS);
    send(context, res, {
      title: `Webhook ${hook.id} · ${where.title}`,
      crumbs: where.crumbs,
      tabs: where.tabs,
      body: [
        html`<h1 class="mono">${hook.url}</h1>`,
        html`<div class="card">
          <div class="body">
            <dl class="facts">
              <dt>Events</dt>
              <dd>${hook.events.join(', ')}</dd>
              <dt>Sent as</dt>
              <dd>${hook.contentType === 'json' ? 'JSON' : 'a form'}</dd>
              <dt>Signed</dt>
              <dd>${hook.secret === null ? 'no' : 'yes, with SHA-256'}</dd>
              <dt>Active</dt>
              <dd>${hook.active ? 'yes' : 'no'}</dd>
            </dl>
          </div>
        </div>`,
        html`<section class="card scroll" aria-label="Deliveries" tabindex="0">
          <div class="head"><h2>Deliveries</h2></div>
          ${deliveries.length === 0
            ? html`<div class="body muted">None yet.</div>`
            : html`<table class="table">
                <thead>
                  <tr>
                    <th scope="col">Event</th>
                    <th scope="col">Outcome</th>
                    <th scope="col">When</th>
                    <th scope="col">Delivery</th>
                  </tr>
                </thead>
                <tbody>
                  ${deliveries.map(
                    one => html`<tr>
                      <td>
                        ${one.event}${one.action && `.${one.action}`}
                        ${one.redelivery &&
                        html`<span class="tag">again</span>`}
                      </td>
                      <td>${deliveryTag(one)}</td>
                      <td>${time(one.deliveredAt ?? one.createdAt)}</td>
                      <td>
                        <a
                          class="mono"
                          href="${where.base}/${hook.id}/deliveries/${one.id}"
                          >${one.guid.slice(0, 8)}</a
                        >
                      </td>
                    </tr>`,
                  )}
                </tbody>
              </table>`}
        </section>`,
      ],
    });
  });

  const findDelivery = (where: Place, hook: HookRecord, req: Request) => {
    const found = where.scope.deliveries.get(req.params.id);
    if (found?.hookId !== hook.id) {
      throw notFound('There is no such delivery.');
    }
    return found;
  };
  router.get(below('/:hook(\\d+)/deliveries/:id(\\d+)'), (req, res) => {
    const where = place(req, res);
    const hook = find(where, req);
    const one = findDelivery(where, hook, req);
    const here = `${where.base}/${hook.id}/deliveries/${one.id}`;
    const headers = (values: Record<string, string>) =>
      Object.entries(values)
        .map(([name, value]) => `${name}: ${value}`)
        .join('\n');
    send(context, res, {
      title: `Delivery ${one.guid}`,
      crumbs: where.crumbs,
      tabs: where.tabs,
      body: [
        html`<div class="row">
          <h1>${one.event}${one.action && `.${one.action}`}</h1>
          ${deliveryTag(one)}
          ${actorOf(context, res) &&
          html`<form class="end" method="post" action="${here}/redeliver">
            ${formToken(context, req, res)}
            <button>Redeliver</button>
          </form>`}
        </div>`,
        html`<p class="muted">
          <a class="mono" href="${where.base}/${hook.id}">${hook.url}</a> ·
          <span class="mono">${one.guid}</span> · ${one.attempts}
          ${one.attempts === 1 ? 'attempt' : 'attempts'} ·
          ${one.durationSeconds.toFixed(2)} s
        </p>`,
        html`<section class="card" aria-label="Request">
          <div class="head"><h2>Request</h2></div>
          <pre class="text" tabindex="0">
${headers(one.requestHeaders)}

${JSON.stringify(JSON.parse(one.payload), null, 2)}</pre
          >
        </section>`,
        html`<section class="card" aria-label="Response">
          <div class="head"><h2>Response</h2></div>
          <pre class="text" tabindex="0">
${one.statusCode || 'No answer'} ${one.statusText}
${headers(one.responseHeaders)}

${one.responseBody}</pre
          >
        </section>`,
      ],
    });
  });
  router.post(
    below('/:hook(\\d+)/deliveries/:id(\\d+)/redeliver'),
    async (req, res) => {
      const where = place(req, res);
      checkForm(context, req);
      const actor = needActor(context, res);
      const allowed = where.repository
        ? includes(context.access.permission(actor, where.repository), 'admin')
        : actor.role === 'admin';
      if (!allowed) {
        throw new ApiError(403, `${actor.login} may not do this.`);
      }
      const hook = find(where, req);
      await sender.redeliver(
        {
          scope: where.scope,
          hook,
          target: { type: where.type, id: where.id },
        },
        findDelivery(where, hook, req),
      );
      res.redirect(303, `${where.base}/${hook.id}`);
    },
  );
  return router;
}

function deliveryTag(delivery: DeliveryRecord | undefined): SafeHtml {
  if (!delivery) {
    return html`<span class="state">never used</span>`;
  }
  const outcome = delivery.statusCode || delivery.statusText;
  if (delivery.state === 'pending') {
    return html`<span class="state wait"
      >${delivery.attempts > 0 ? `${outcome}, trying again` : 'pending'}</span
    >`;
  }
  return delivery.state === 'delivered'
    ? html`<span class="state ok">${outcome}</span>`
    : html`<span class="state bad">${outcome}</span>`;
}
