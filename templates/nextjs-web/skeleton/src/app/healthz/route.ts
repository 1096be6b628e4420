export const dynamic = 'force-dynamic';

/** The process answers; when it does not, restart it. */
export function GET() {
  return Response.json({ status: 'ok' });
}
