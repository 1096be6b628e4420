/**
 * An error as RFC 9457 describes it. `instance` is the id of the request, to
 * find it in logs.
 */
export function problem(request: Request, status: number, title: string) {
  const instance = request.headers.get('x-request-id') ?? undefined;
  return Response.json(
    { type: 'about:blank', title, status, instance },
    { status, headers: { 'content-type': 'application/problem+json' } },
  );
}
