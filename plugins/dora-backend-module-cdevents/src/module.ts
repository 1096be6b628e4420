import { sourcesModule } from '@waymark/backstage-plugin-dora-node';
import { cdevents } from './source';

/** Takes CDEvents where `dora.sources.cdevents` has tokens or secrets. */
export const doraModuleCDEvents = sourcesModule('cdevents', cdevents);
