import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { PortalClient } from './client';

/**
 * Everyone who did not sign in: nobody, and those who made their own token.
 *
 * @param genuine - the token of a real person, to change and to imitate
 */
export function outsiders(genuine: string): [string, PortalClient][] {
  const [header, payload, signature] = genuine.split('.');
  const claims = decode(payload);
  const now = Math.floor(Date.now() / 1000);
  return [
    ['nobody', PortalClient.nobody()],
    ['a token that is none', PortalClient.withToken('guest')],
    [
      'a real token made out to somebody else',
      PortalClient.withToken(
        [
          header,
          encode({ ...claims, sub: 'user:default/jonas.lind' }),
          signature,
        ].join('.'),
      ),
    ],
    [
      'a token without signature',
      PortalClient.withToken(
        `${encode({ ...decode(header), alg: 'none' })}.${payload}.`,
      ),
    ],
    [
      'a person by a key of their own',
      PortalClient.withToken(selfSigned(decode(header), claims)),
    ],
    [
      'a service by a key of its own',
      PortalClient.withToken(
        selfSigned(
          { typ: 'vnd.backstage.plugin', alg: 'ES256', kid: 'own' },
          { sub: 'scaffolder', aud: 'catalog', iat: now, exp: now + 3600 },
        ),
      ),
    ],
    [
      'a service by a shared secret nobody configured',
      PortalClient.withToken(createHash('sha256').update('').digest('hex')),
    ],
  ];
}

function selfSigned(header: object, claims: object): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const text = `${encode(header)}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(text), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  return `${text}.${signature.toString('base64url')}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(text: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
}
