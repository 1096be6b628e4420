import { createHash } from 'node:crypto';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { html } from './html';
import { STYLE } from './style';

const ICON = html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
  <rect width="24" height="24" rx="5" fill="#0b6b70" />
  <g fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round">
    <circle cx="8" cy="6" r="2" />
    <circle cx="8" cy="18" r="2" />
    <circle cx="16" cy="9.5" r="2" />
    <path d="M8 8v8M16 11.5c0 3-3.6 2.8-7.4 4.7" />
  </g>
</svg>`;

/** The stylesheet, the icon and the pictures of accounts. */
export function assetRoutes(): Router {
  const router = PromiseRouter();
  router.get('/-/style.css', (_req, res) => {
    res.setHeader('Cache-Control', 'max-age=300');
    res.type('text/css; charset=utf-8').send(STYLE);
  });
  router.get('/-/icon.svg', (_req, res) => {
    res.type('image/svg+xml').send(ICON.text);
  });
  router.get('/favicon.ico', (_req, res) => {
    res.redirect('/-/icon.svg');
  });
  router.get('/-/avatar/:login.svg', (req, res) => {
    res.setHeader('Cache-Control', 'max-age=3600');
    res.type('image/svg+xml').send(avatar(req.params.login).text);
  });
  return router;
}

/** Two letters on a colour which is the same for a login every time. */
function avatar(login: string) {
  const hue = createHash('sha256').update(login).digest()[0] * 1.4;
  const letters = login
    .split('-')
    .map(part => part[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();
  return html`<svg
    xmlns="http://www.w3.org/2000/svg"
    viewBox="0 0 40 40"
    role="img"
  >
    <rect width="40" height="40" rx="8" fill="hsl(${hue}, 45%, 38%)" />
    <text
      x="20"
      y="26"
      text-anchor="middle"
      font-family="system-ui, sans-serif"
      font-size="16"
      fill="#fff"
    >
      ${letters}
    </text>
  </svg>`;
}
