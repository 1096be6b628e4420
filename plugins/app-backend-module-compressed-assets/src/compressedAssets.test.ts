import { createMockDirectory } from '@backstage/backend-test-utils';
import express from 'express';
import request from 'supertest';
import { compressAssets } from './compressAssets';
import { compressedAssets } from './compressedAssets';

const SCRIPT = 'console.log("waymark");\n'.repeat(200);

describe('compressedAssets', () => {
  const folder = createMockDirectory();

  const portal = async () => {
    folder.setContent({
      'main.0a1b.js': SCRIPT,
      'main.0a1b.js.map': '{}',
      'tiny.0a1b.js': '1',
      'logo.0a1b.png': 'png',
    });
    await compressAssets(folder.path);
    const app = express();
    app.use('/static', compressedAssets(folder.path)!);
    app.use('/static', express.static(folder.path));
    return app;
  };

  const get = async (path: string, encoding: string) =>
    request(await portal())
      .get(path)
      .set('Accept-Encoding', encoding)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
      });

  it('serves the copy that was compressed at build time', async () => {
    const response = await get('/static/main.0a1b.js', 'gzip, deflate, br');
    expect(response.status).toBe(200);
    expect(response.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': expect.stringContaining('javascript'),
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      vary: 'Accept-Encoding',
    });
    expect(Number(response.headers['content-length'])).toBeLessThan(100);
    // The client has unpacked it.
    expect(String(response.body)).toBe(SCRIPT);
  });

  it.each([
    ['a browser without Brotli', '/static/main.0a1b.js', 'gzip'],
    ['a browser that refuses it', '/static/main.0a1b.js', 'br;q=0, gzip'],
    ['a source map', '/static/main.0a1b.js.map', 'br'],
    ['a file too small to gain', '/static/tiny.0a1b.js', 'br'],
    ['a picture', '/static/logo.0a1b.png', 'br'],
  ])('leaves %s to the app backend', async (_, path, encoding) => {
    const response = await get(path, encoding);
    expect(response.status).toBe(200);
    expect(response.headers).not.toHaveProperty('content-encoding');
  });

  it.each(['/static/none.js', '/static/..%2fsecret.js', '/static/%00.js'])(
    'finds nothing at %s',
    async path => {
      expect((await get(path, 'br')).status).not.toBe(200);
    },
  );

  it('is not there where the app is not built', () => {
    expect(compressedAssets(folder.resolve('missing'))).toBeUndefined();
  });
});
