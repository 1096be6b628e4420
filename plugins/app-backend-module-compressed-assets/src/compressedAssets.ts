import { existsSync } from 'node:fs';
import { RequestHandler } from 'express';
import expressStaticGzip from 'express-static-gzip';

/**
 * Serves the files of a built app's `static` folder that have a compressed
 * copy. Names there carry a hash of the content, so a browser may keep them
 * for good; they are no documents, so they carry no policies for documents.
 * What it does not have is left to the next handler.
 *
 * @returns nothing where the app is not built, as while developing it
 */
export function compressedAssets(folder: string): RequestHandler | undefined {
  if (!existsSync(folder)) return undefined;
  const serve = expressStaticGzip(folder, {
    enableBrotli: true,
    orderPreference: ['br'],
    index: false,
    serveStatic: {
      cacheControl: false,
      lastModified: false,
      fallthrough: true,
      setHeaders: response => {
        response.setHeader(
          'Cache-Control',
          'public, max-age=31536000, immutable',
        );
        response.setHeader('X-Content-Type-Options', 'nosniff');
      },
    },
  });
  return (request, response, next) => {
    // The plain copies, and who takes no Brotli, are the app backend's.
    if (
      !request.acceptsEncodings('br') ||
      !/\.(js|css|svg)$/.test(request.path)
    ) {
      next();
      return;
    }
    serve(request, response, next);
  };
}
