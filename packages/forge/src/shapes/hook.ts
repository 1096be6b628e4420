import { DeliveryRecord, HookRecord } from '../store/records';

/** Settings of a hook; the secret is only said to be there. */
export function hookConfig(hook: HookRecord) {
  return {
    url: hook.url,
    content_type: hook.contentType,
    insecure_ssl: hook.insecureSsl ? '1' : '0',
    ...(hook.secret === null ? {} : { secret: '********' }),
  };
}

/** A webhook of a repository or an organisation. */
export function hookShape(
  hook: HookRecord,
  type: 'Repository' | 'Organization',
  url: string,
  last: DeliveryRecord | undefined,
) {
  return {
    type,
    id: hook.id,
    name: 'web',
    active: hook.active,
    events: hook.events,
    config: hookConfig(hook),
    created_at: hook.createdAt,
    updated_at: hook.updatedAt,
    url,
    test_url: `${url}/test`,
    ping_url: `${url}/pings`,
    deliveries_url: `${url}/deliveries`,
    last_response: {
      code: last?.statusCode || null,
      status: last
        ? (last.state === 'delivered' && 'active') || 'failed'
        : 'unused',
      message: last?.statusText || null,
    },
  };
}

/** A delivery as lists have it. */
export function deliveryShape(delivery: DeliveryRecord) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt ?? delivery.createdAt,
    redelivery: delivery.redelivery,
    duration: delivery.durationSeconds,
    status: delivery.state === 'pending' ? 'pending' : delivery.statusText,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: null,
    repository_id: delivery.repositoryId,
    throttled_at: null,
  };
}

/** A delivery with what was sent and what came back. */
export function fullDeliveryShape(delivery: DeliveryRecord, url: string) {
  return {
    ...deliveryShape(delivery),
    url,
    request: {
      headers: delivery.requestHeaders,
      payload: JSON.parse(delivery.payload),
    },
    response: {
      headers: delivery.responseHeaders,
      payload: delivery.responseBody,
    },
  };
}
