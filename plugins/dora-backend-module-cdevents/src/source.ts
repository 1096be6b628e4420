import { tokenSource } from '@waymark/backstage-plugin-dora-node';
import { opened } from './envelope';
import { readEvent, typeOf } from './schemas';
import { translate } from './translate';

/** Whatever sends CDEvents, as CloudEvents over HTTP. */
export const cdevents = tokenSource({
  id: 'cdevents',
  what: 'CDEvents',
  signature: 'x-waymark-signature-256',
  event: body => typeOf(opened(body)).replace(/^dev\.cdevents\./, ''),
  // Of the body: nobody has signed the headers. What is malformed has none, so that it
  // may be sent again under its id once it is mended.
  deliveryId(body) {
    const { event } = readEvent(opened(body));
    return event && `${event.context.id}@${event.context.source}`;
  },
  translator: () => translate,
});
